-- ~1 enum, ~6 columns
--   rewrite: public.p is rewritten: n moves to the new public.e
--   may fail: fails when a row of public.p holds a value of n that no longer exists
--   rewrite: public.t is rewritten: k moves to the new public.e[]
--   may fail: fails when a row of public.t holds a value of k that no longer exists
--   rewrite: public.t is rewritten: n moves to the new public.e
--   may fail: fails when a row of public.t holds a value of n that no longer exists
--   incompatible: code that expects a value in public.c.n may meet NULL
--   lock: ACCESS EXCLUSIVE on public.c briefly
--   lock: ACCESS EXCLUSIVE on public.t_a briefly
--   lock: ACCESS EXCLUSIVE on public.t_b briefly
--   lock: ACCESS EXCLUSIVE on public.t_c while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.p ALTER COLUMN n DROP DEFAULT;

ALTER TABLE public.t
    ALTER COLUMN k DROP DEFAULT,
    ALTER COLUMN n DROP DEFAULT;

ALTER TYPE public.e RENAME TO e__old;

CREATE TYPE public.e AS ENUM ('a', 'b');

ALTER TABLE public.p
    ALTER COLUMN n TYPE public.e USING n::text::public.e,
    ALTER COLUMN n SET DEFAULT 'a'::public.e;

ALTER TABLE public.t
    ALTER COLUMN k TYPE public.e[] USING k::text[]::public.e[],
    ALTER COLUMN k SET DEFAULT ARRAY['a'::public.e],
    ALTER COLUMN n TYPE public.e USING n::text::public.e,
    ALTER COLUMN n SET DEFAULT 'b'::public.e;

DROP TYPE public.e__old;

ALTER TABLE public.c ALTER COLUMN n DROP NOT NULL;

ALTER TABLE public.t_a
    ALTER COLUMN k SET STATISTICS DEFAULT,
    ALTER COLUMN n RESET (n_distinct);

ALTER TABLE public.t_b ALTER COLUMN n SET STATISTICS 7;

ALTER TABLE public.t_c ALTER COLUMN k SET COMPRESSION DEFAULT;

UPDATE public.t_c SET n = 'b'::public.e WHERE n IS NULL;

ALTER TABLE public.t_c ADD CONSTRAINT t_c_n_not_null CHECK (n IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to public.t_c.n breaks
--   lock: ACCESS EXCLUSIVE on public.t_c while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t_c VALIDATE CONSTRAINT t_c_n_not_null;

ALTER TABLE public.t_c ALTER COLUMN n SET NOT NULL;

ALTER TABLE public.t_c DROP CONSTRAINT t_c_n_not_null;
