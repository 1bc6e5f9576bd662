select a = 1 and b = 3 from public.t;
