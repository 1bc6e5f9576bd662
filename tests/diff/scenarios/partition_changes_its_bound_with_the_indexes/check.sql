select v = 2 from public.r
