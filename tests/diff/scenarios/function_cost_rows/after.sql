create function public.f() returns setof integer language sql cost 500 rows 10 as $$ select 1 $$;
