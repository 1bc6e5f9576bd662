create table public.base (id integer primary key, a text);
create table public.x (id integer, a text);
