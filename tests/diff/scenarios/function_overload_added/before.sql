create function public.f(a integer) returns integer language sql as $$ select a $$;
