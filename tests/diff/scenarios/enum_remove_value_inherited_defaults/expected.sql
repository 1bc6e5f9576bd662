-- ~1 enum
--   incompatible: code that uses public.p.g breaks
--   incompatible: code that uses public.p.ok breaks
--   rewrite: public.p is rewritten: s moves to the new public.st
--   may fail: fails when a row of public.p holds a value of s that no longer exists
--   rewrite: public.par is rewritten: s moves to the new public.st[]
--   may fail: fails when a row of public.par holds a value of s that no longer exists
--   rewrite: public.p is rewritten: every row gets its own value of g
--   rewrite: public.p is rewritten: every row gets its own value of ok
--   lock: SHARE on public.p1 while every row is read

SET lock_timeout = '5s';

DROP VIEW public.pv;

ALTER TABLE public.p
    DROP COLUMN g,
    DROP COLUMN ok,
    ALTER COLUMN s DROP DEFAULT;

ALTER TABLE public.par ALTER COLUMN s DROP DEFAULT;

ALTER TYPE public.st RENAME TO st__old;

CREATE TYPE public.st AS ENUM ('a', 'b');

ALTER TABLE public.p
    ALTER COLUMN s TYPE public.st USING s::text::public.st,
    ALTER COLUMN s SET DEFAULT 'a'::public.st;

ALTER TABLE public.par
    ALTER COLUMN s TYPE public.st[] USING s::text[]::public.st[],
    ALTER COLUMN s SET DEFAULT '{a}'::public.st[];

ALTER TABLE public.ch ALTER COLUMN s SET DEFAULT '{b}'::public.st[];

DROP TYPE public.st__old;

ALTER TABLE public.p
    ADD COLUMN g public.st GENERATED ALWAYS AS (
CASE
    WHEN (id > 1) THEN 'a'::public.st
    ELSE 'b'::public.st
END) STORED,
    ADD COLUMN ok boolean GENERATED ALWAYS AS ((s = 'a'::public.st)) STORED;

CREATE INDEX p_g_idx ON public.p (g);

CREATE INDEX p1_ok_idx ON public.p1 (ok);

CREATE VIEW public.pv AS
SELECT g,
    ok
   FROM public.p;
