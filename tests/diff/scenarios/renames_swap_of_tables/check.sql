select min(x) = 1 from public.b;
select min(x) = 2 from public.a;
select nextval('public.b_id_seq') = 4;
select nextval('public.a_id_seq') = 5;
