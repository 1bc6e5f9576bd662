select (id, a, b, z) = (1, 2, 'x', 3) from public.w
