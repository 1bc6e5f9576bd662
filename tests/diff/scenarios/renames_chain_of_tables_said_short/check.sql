select x = 'q' from public.b;
select y = 'r' from public.c;
