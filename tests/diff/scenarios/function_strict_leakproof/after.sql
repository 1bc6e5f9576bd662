create function public.f(a integer) returns integer language sql strict as $$ select a $$;
