create table public.t (id integer primary key, a text, b text);
create view public.v as select id, b from public.t;
