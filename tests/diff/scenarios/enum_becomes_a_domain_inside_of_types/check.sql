select (c).x = 'a' and (d[1]).x = 'b' from public.p; select x = 'a' from public.l
