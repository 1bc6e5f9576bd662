select amount = 2 and extra = 3 and b = 'x' from public.kid
