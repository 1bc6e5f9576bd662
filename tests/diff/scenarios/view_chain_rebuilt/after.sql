create table public.t (id integer primary key, a text, b text);
create view public.v1 as select id, a from public.t;
create view public.v2 as select id, a from public.v1;
