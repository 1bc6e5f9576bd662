create table public.t (id integer primary key, n integer);
create sequence public.s owned by public.t.n;
