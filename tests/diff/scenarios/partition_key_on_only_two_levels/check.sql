select count(*) = 3 from public.t
