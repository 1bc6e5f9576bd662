-- ~1 enum, ~1 table, ~1 constraint, ~1 view, ~1 security label, −1 column, −1 security label
--   incompatible: code that uses the name public.t breaks
--   may fail: no label provider is loaded here: whether anon takes its labels is not proven
--   data loss: column public.renamed.gone is dropped with its values
--   incompatible: code that uses public.renamed.gone breaks
--   lock: ACCESS EXCLUSIVE on public.renamed briefly
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME TO renamed;

ALTER TABLE public.renamed RENAME CONSTRAINT t_pkey TO renamed_pkey;

DROP VIEW public.v;

SECURITY LABEL FOR anon ON COLUMN public.renamed.other IS NULL;

ALTER TABLE public.renamed DROP COLUMN gone;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('a');

DROP TYPE public.mood__old;

SECURITY LABEL FOR anon ON TYPE public.mood IS 'a';

SECURITY LABEL FOR anon ON COLUMN public.renamed.secret IS 'MASKED WITH FUNCTION anon.hash(secret)';

CREATE VIEW public.v AS
SELECT 1 AS one,
    other
   FROM public.renamed;

SECURITY LABEL FOR anon ON VIEW public.v IS 'a';
