-- ~1 constraint

ALTER TABLE public.a RENAME CONSTRAINT a_pkey TO pk_a;
