-- rename: public.addr:public.place
-- rename: attribute:public.place.a:public.place.b
-- rename: b:a
-- rename: public.place.c:public.place.d
create type public.place as (b int, a int, d varchar(20));
create table public.t (id int primary key, a public.place);
