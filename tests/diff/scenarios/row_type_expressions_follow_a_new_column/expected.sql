-- +1 column, ~1 domain, ~1 constraint, ~1 function, ~1 policy, ~1 view
--   lock: ACCESS EXCLUSIVE on public.log briefly
--   lock: ACCESS EXCLUSIVE on public.t briefly
--   lock: ACCESS EXCLUSIVE on public.v briefly

SET lock_timeout = '5s';

ALTER TABLE public.log DROP CONSTRAINT c;

ALTER TABLE public.t ADD COLUMN b boolean;

ALTER DOMAIN public.d SET DEFAULT ROW(1, 'x'::text, true)::public.t;

CREATE OR REPLACE FUNCTION public.f()
 RETURNS public.t
 LANGUAGE sql
RETURN ROW(1, 'a'::text, true)::public.t;

ALTER TABLE public.log ADD CONSTRAINT c CHECK (old IS DISTINCT FROM ROW(1, 'a'::text, true)::public.t) NOT VALID;

ALTER POLICY p ON public.log
    USING (old IS DISTINCT FROM ROW(1, 'a'::text, true)::public.t);

CREATE OR REPLACE VIEW public.v AS
SELECT ROW(1, 'a'::text, true)::public.t AS r;

-- reads the existing rows, without blocking writes
--   may fail: c fails when public.log holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.log while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.log VALIDATE CONSTRAINT c;
