select id = 10 from public.t
