select x = 2 and y = 'z' from public.b;
