select count(*) = 2 from public.n; select b = '4' from public.l
