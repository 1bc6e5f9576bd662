select sum(x) = 12 and sum(n) = 6 from public.b;
select x = 5 and q = 6 from only public.c;
