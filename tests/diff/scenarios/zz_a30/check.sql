select x = 4 from public.wide
