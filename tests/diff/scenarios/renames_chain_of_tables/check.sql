select min(x) = 1 from public.b;
select min(x) = 2 from public.c;
select nextval('public.b_id_seq') = 4;
select nextval('public.c_id_seq') = 4;
