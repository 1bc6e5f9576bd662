-- ~3 columns, ~1 constraint, ~1 statistics object, ~1 trigger
--   incompatible: code that uses the name public.t.a breaks
--   incompatible: code that uses public.t.g breaks
--   rewrite: public.t is rewritten: z integer becomes bigint
--   incompatible: code that expects public.t.z as integer may break
--   rewrite: public.t is rewritten: every row gets its own value of g

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN a TO z;

ALTER TABLE public.t RENAME CONSTRAINT t_a_check TO t_z_check;

ALTER STATISTICS public.s1 RENAME TO s2;

DROP TRIGGER tr ON public.t;

ALTER TABLE public.t
    DROP COLUMN g,
    ALTER COLUMN z TYPE bigint,
    ADD COLUMN g bigint GENERATED ALWAYS AS (z * 3) STORED;

CREATE TRIGGER tr BEFORE UPDATE OF z ON public.t FOR EACH ROW WHEN (new.z > 2) EXECUTE FUNCTION public.tg();
