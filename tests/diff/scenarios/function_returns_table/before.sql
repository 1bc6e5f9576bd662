create function public.f() returns table (a integer) language sql as $$ select 1 $$;
