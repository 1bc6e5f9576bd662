create function public.f() returns integer language sql volatile as $$ select 1 $$;
