select a = 2 and b = 'y' from public.kid2
