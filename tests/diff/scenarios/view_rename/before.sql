create table public.t (id integer primary key, a text);
create view public.old_v as select id, a from public.t;
