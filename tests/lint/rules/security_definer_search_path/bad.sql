create function public.is_admin() returns boolean language sql security definer as $$ select true $$;
create or replace function f(x integer, y text default '') returns int
  security definer language plpgsql as $$ begin return 1; end $$;
create function public.reset_later() returns int language sql security definer set search_path = '' as $$ select 1 $$;
-- file: 0002_reset.sql
alter function public.reset_later() reset search_path;
