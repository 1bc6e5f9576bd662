select amount = 5 from public.t;
