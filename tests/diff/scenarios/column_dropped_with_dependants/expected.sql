-- ~1 view, −2 columns, −1 constraint, −1 index
--   incompatible: code that uses public.t.b breaks
--   data loss: column public.t.a is dropped with its values
--   incompatible: code that uses public.t.a breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP VIEW public.v;

ALTER TABLE public.t
    DROP COLUMN b,
    DROP CONSTRAINT t_a_check,
    DROP COLUMN a;

CREATE VIEW public.v AS
SELECT id
   FROM public.t;
