create table public.t (id integer primary key, a text);
create view public.v with (security_invoker = true) as select id, a from public.t where a is not null;
