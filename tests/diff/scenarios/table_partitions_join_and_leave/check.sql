select count(*) = 2 from public.m; select gone = 'x' from public.m1
