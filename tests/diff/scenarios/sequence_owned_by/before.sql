create table public.t (id integer primary key, n integer);
create sequence public.s;
