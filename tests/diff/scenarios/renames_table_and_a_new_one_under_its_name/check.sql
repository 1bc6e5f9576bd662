select min(x) = 1 from public.b;
select count(*) = 0 from public.a;
select nextval('public.b_id_seq') = 4;
