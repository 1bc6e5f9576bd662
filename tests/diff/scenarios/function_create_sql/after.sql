create function public.add(a integer, b integer) returns integer language sql immutable strict parallel safe as $$ select a + b $$;
