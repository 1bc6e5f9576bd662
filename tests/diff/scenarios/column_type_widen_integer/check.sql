select n = 42 from public.t;
