select x = '(1,q)' and r = '[1,2)' from public.t
