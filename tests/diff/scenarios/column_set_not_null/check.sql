select n = 1 from public.t;
