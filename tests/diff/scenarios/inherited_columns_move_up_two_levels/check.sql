select y = 2 and z = 'w' from public.d
