-- ~2 constraints

ALTER TABLE public.par_1 RENAME CONSTRAINT par_1_id_k_key TO renamed_par_1_pkey;

ALTER TABLE public.par_1 RENAME CONSTRAINT par_1_pkey TO mine;

ALTER TABLE public.par_1 RENAME CONSTRAINT renamed_par_1_pkey TO par_1_pkey;
