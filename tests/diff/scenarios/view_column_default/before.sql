create table public.t (id integer primary key, a text);
create view public.v as select id, a from public.t;
