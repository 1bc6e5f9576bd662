create function public.is_admin() returns boolean language sql security definer set search_path = '' as $$ select true $$;
create function public.invoker() returns boolean language sql as $$ select true $$;
create function public.later(x int) returns boolean language sql security definer as $$ select true $$;
create function public.replaced() returns boolean language sql security definer as $$ select true $$;
create function public.dropped(text) returns boolean language sql security definer as $$ select true $$;
-- file: 0002_repair.sql
alter function public.later(integer) set search_path to 'public', 'pg_temp';
create or replace function public.replaced() returns boolean language sql as $$ select true $$;
drop function public.dropped(text);
