select p = 1 and a = '{2}' and b = '{3}' from public.t
