create table public.t (id integer primary key, a text);
create view public.v1 with (security_invoker=true) as select id, a from public.t;
create view public.v2 with (security_invoker=true) as select a from public.v1;
grant select on public.v2 to authenticated;
