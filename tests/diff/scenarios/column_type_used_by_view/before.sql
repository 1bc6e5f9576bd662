create table public.t (id integer primary key, n integer);
create view public.v with (security_invoker=true) as select id, n from public.t;
