select (id, kk, n) = (1, 2, 3) from public.lower
