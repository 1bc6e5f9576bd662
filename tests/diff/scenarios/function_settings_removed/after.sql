create function public.f() returns integer language sql set search_path = '' as $$ select 1 $$;
