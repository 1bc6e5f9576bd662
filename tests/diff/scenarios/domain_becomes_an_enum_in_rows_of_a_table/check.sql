select x = 'a' and (y).x is not null from public.t
