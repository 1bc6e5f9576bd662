select count(*) = 1 from public.t where x = 'a' and n = '{a,b}'
