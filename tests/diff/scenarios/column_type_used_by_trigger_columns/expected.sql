-- ~1 column
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break
--   may fail: fails when a value of public.t.a does not fit bigint
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP TRIGGER tr ON public.t;

ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

CREATE TRIGGER tr BEFORE UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION public.tf();
