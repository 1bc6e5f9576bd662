create table public.base (id integer primary key, a text);
create view public.x as select id, a from public.base;
