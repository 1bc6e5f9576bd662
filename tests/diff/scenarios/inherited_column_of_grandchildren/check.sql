select y = 'w' and z = '{1}' from public.c; select count(*) = 1 from public.d where y = 'w'
