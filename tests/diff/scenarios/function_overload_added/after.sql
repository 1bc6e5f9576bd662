create function public.f(a integer) returns integer language sql as $$ select a $$;
create function public.f(a text) returns text language sql as $$ select a $$;
