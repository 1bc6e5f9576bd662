select b = 2 from public.s
