select note = 'a' and code = 5 from public.visit
