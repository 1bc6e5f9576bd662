select k = 1 and m = 'x' from public.c;
