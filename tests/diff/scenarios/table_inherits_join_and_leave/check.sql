select note = 'a' from public.one; select note = 'b' from public.two
