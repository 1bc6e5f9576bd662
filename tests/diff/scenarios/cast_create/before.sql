create type public.mood as enum ('good', 'bad');
create function public.weight(public.mood) returns integer language sql immutable as $$ select 1 $$;
create function public.heavier(public.mood) returns integer language sql immutable as $$ select 2 $$;
