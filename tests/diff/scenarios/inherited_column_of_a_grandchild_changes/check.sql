select y = 'w' from public.c; select y = 'w' from public.b2
