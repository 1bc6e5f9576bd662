create table public.t (id integer primary key);
create view public.v as select id from public.t;
