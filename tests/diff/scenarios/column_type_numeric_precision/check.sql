select n = 1.25 from public.t;
