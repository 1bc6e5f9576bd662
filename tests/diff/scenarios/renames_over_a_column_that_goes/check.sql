select b = 10 from public.t;
