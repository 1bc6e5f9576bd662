create table public.drawer (id integer);
revoke delete, truncate on public.drawer from postgres;
create schema desk;
revoke create on schema desk from postgres;
create function public.one() returns integer language sql as $$ select 1 $$;
revoke all on function public.one() from public, postgres;
