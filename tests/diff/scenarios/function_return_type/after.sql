create function public.f() returns bigint language sql as $$ select 1::bigint $$;
