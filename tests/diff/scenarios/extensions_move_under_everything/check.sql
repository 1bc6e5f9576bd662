select a = 'A' from public.t
