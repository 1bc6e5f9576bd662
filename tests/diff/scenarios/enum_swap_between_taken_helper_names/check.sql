select e = 'b' and es = '{a,b}' from public.t
