select title = 'q' from public.b;
select b_id = 1 and name = 'r' from public.c
