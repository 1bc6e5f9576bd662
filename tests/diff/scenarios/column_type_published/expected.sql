-- ~1 column
--   rewrite: public.t is rewritten: a integer becomes bigint
--   incompatible: code that expects public.t.a as integer may break

SET lock_timeout = '5s';

ALTER PUBLICATION pub DROP TABLE public.t;

DROP TRIGGER tr ON public.t;

ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

CREATE TRIGGER tr BEFORE UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

ALTER PUBLICATION pub ADD TABLE public.t (id, a) WHERE (a > 1);
