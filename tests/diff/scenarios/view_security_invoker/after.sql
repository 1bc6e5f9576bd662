create table public.t (id integer primary key);
create view public.v with (security_invoker = true) as select id from public.t;
