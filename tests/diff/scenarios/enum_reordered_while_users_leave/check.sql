select a::text = 'a' and b = 'b' and (c).y = 1 and e = 'a' and f::text = '{b}' from public.t
