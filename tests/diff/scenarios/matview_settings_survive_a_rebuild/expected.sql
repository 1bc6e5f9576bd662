-- ~1 enum
--   rewrite: public.t is rewritten: k moves to the new public.mood

SET lock_timeout = '5s';

DROP MATERIALIZED VIEW public.m;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('b', 'a');

ALTER TABLE public.t ALTER COLUMN k TYPE public.mood USING k::text::public.mood;

DROP TYPE public.mood__old;

CREATE MATERIALIZED VIEW public.m AS
SELECT id,
    k
   FROM public.t;

ALTER MATERIALIZED VIEW public.m ALTER COLUMN k SET STATISTICS 40;

CREATE INDEX i ON public.m (k);

ALTER TABLE public.m CLUSTER ON i;
