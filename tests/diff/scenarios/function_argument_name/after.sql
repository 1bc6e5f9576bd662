create function public.f(b integer) returns integer language sql as $$ select $1 $$;
