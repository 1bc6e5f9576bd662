-- ~1 constraint

ALTER TABLE public.t RENAME CONSTRAINT c1 TO t_n_positive;
