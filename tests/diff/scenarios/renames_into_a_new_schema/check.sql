select count(*) = 2 from app.t;
select nextval('app.t_id_seq') = 3;
select k = 'a' from public.w;
