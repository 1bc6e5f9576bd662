select a = 1 and b = 2 from public.t;
