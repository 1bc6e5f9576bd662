create function public.f(n integer) returns integer language sql immutable as $$ select n + 1 $$;
create table public.t (id integer primary key);
create view public.v as select public.f(id) as n from public.t;
