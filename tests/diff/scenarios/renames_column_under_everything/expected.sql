-- ~2 enums, ~3 columns, ~1 constraint, ~1 index, ~1 function, ~1 policy, ~1 view
--   incompatible: code that uses the name public.t.a breaks
--   incompatible: code that writes 'new' breaks
--   rewrite: public.t is rewritten: b text becomes character varying(40)
--   incompatible: code that expects public.t.b as text may break
--   may fail: fails when a value of public.t.b does not fit character varying(40)
--   lock: ACCESS EXCLUSIVE on public.k briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN a TO b;

ALTER TYPE public.st RENAME VALUE 'new' TO 'open';

ALTER INDEX public.i_a RENAME TO i_b;

DROP VIEW public.v;

ALTER TABLE public.k DROP CONSTRAINT k_t_id_fkey;

DROP POLICY p ON public.t;

ALTER TYPE public.st ADD VALUE 'mid' AFTER 'open';

ALTER TABLE public.k ADD CONSTRAINT k_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id) ON DELETE CASCADE NOT VALID;

ALTER TABLE public.t
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN b TYPE character varying(40) USING CASE WHEN length(b) > 40 THEN b || '.' ELSE b END,
    ALTER COLUMN b SET DEFAULT 'y'::character varying;

CREATE OR REPLACE FUNCTION public.f()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select count(*) from public.t where b is not null$function$;

ALTER TABLE public.t ALTER COLUMN o SET DEFAULT gen_random_uuid();

UPDATE public.t SET o = gen_random_uuid() WHERE o IS NULL;

ALTER TABLE public.t ADD CONSTRAINT t_o_not_null CHECK (o IS NOT NULL) NOT VALID;

CREATE POLICY p ON public.t
    FOR SELECT
    USING (b::text <> 'z'::text);

CREATE VIEW public.v AS
SELECT id,
    b,
    s
   FROM public.t
  WHERE s = 'open'::public.st;

-- reads the existing rows, without blocking writes
--   may fail: k_t_id_fkey fails when public.k holds a violating row
--   incompatible: code that writes NULL to public.t.o breaks
--   lock: SHARE UPDATE EXCLUSIVE on public.k while every row is read
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.k VALIDATE CONSTRAINT k_t_id_fkey;

ALTER TABLE public.t VALIDATE CONSTRAINT t_o_not_null;

ALTER TABLE public.t ALTER COLUMN o SET NOT NULL;

ALTER TABLE public.t DROP CONSTRAINT t_o_not_null;
