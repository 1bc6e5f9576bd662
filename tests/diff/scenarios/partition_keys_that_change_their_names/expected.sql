-- ~2 constraints

ALTER TABLE public.par_1 RENAME CONSTRAINT par_1_pkey TO mine;

ALTER TABLE public.par_1 RENAME CONSTRAINT par_1_id_k_key TO par_1_pkey;
