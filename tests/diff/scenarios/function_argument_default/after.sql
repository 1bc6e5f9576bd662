create function public.f(a integer default 5) returns integer language sql as $$ select a $$;
