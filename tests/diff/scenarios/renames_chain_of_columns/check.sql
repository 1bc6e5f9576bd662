select b = 10 and c = 20 from public.t;
