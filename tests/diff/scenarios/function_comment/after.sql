create function public.f(a integer) returns integer language sql as $$ select a $$;
comment on function public.f(integer) is 'same';
