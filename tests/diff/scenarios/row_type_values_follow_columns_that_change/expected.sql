-- +1 column, ~1 column, ~1 index, ~1 function, −1 column
--   data loss: column public.t.q is dropped with its values
--   incompatible: code that uses public.t.q breaks
--   lock: ACCESS EXCLUSIVE on public.log while every row is read
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';
SET check_function_bodies = off;

DROP INDEX public.i;

ALTER TABLE public.t ADD COLUMN b boolean;

CREATE OR REPLACE FUNCTION public.g(x public.t)
 RETURNS integer
 LANGUAGE sql
RETURN (x).id;

ALTER TABLE public.t DROP COLUMN q;

ALTER TABLE public.log ALTER COLUMN old SET DEFAULT ROW(1, 'a'::text, true)::public.t;

CREATE INDEX i ON public.log (((old).b));
