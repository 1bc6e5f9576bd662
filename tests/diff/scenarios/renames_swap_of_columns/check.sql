select a = 20 and b = '10' from public.t;
