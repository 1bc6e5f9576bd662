select (id, k) = (1, 2) from public.par_1
