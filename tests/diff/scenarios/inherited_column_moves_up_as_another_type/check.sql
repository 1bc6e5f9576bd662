select y = 'w' from public.c
