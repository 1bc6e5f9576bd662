create table public.t (id integer primary key, n bigint);
create view public.v with (security_invoker=true) as select id, n from public.t;
