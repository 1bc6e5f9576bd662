select n = 9 from public.t;
