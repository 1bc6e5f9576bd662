create function public.f() returns integer language sql set work_mem = '64MB' set search_path = '' as $$ select 1 $$;
