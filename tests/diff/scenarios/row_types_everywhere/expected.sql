-- ~1 enum, ~1 column
--   rewrite: public.log is rewritten: old public.t becomes text
--   rewrite: public.log is rewritten: olds public.t[] becomes text
--   rewrite: public.log is rewritten: w public.wrap becomes text
--   rewrite: public.t is rewritten: m moves to the new public.mood
--   may fail: fails when a row of public.t holds a value of m that no longer exists
--   rewrite: public.t is rewritten: id integer becomes bigint
--   incompatible: code that expects public.t.id as integer may break
--   rewrite: public.log is rewritten: old text becomes public.t
--   may fail: fails when a value of public.log.old does not fit public.t
--   rewrite: public.log is rewritten: olds text becomes public.t[]
--   may fail: fails when a value of public.log.olds does not fit public.t[]
--   rewrite: public.log is rewritten: w text becomes public.wrap
--   may fail: fails when a value of public.log.w does not fit public.wrap

SET lock_timeout = '5s';

DROP VIEW public.lv;

DROP INDEX public.log_old;

ALTER TABLE public.log
    ALTER COLUMN old TYPE text,
    ALTER COLUMN olds TYPE text,
    ALTER COLUMN w TYPE text;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('a', 'b');

ALTER TABLE public.t ALTER COLUMN m TYPE public.mood USING m::text::public.mood;

DROP TYPE public.mood__old;

ALTER TABLE public.t ALTER COLUMN id TYPE bigint;

ALTER TABLE public.log
    ALTER COLUMN old TYPE public.t USING old::public.t,
    ALTER COLUMN olds TYPE public.t[] USING olds::public.t[],
    ALTER COLUMN w TYPE public.wrap USING w::public.wrap;

CREATE INDEX log_old ON public.log (((old).n));

CREATE VIEW public.lv AS
SELECT (old).n AS n
   FROM public.log;
