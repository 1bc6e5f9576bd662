select n = 7 from public.t;
