create function public.old_f(a integer) returns integer language sql as $$ select a * 17 $$;
