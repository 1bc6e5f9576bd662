select y = 2 from public.c
