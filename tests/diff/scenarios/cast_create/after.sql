create type public.mood as enum ('good', 'bad');
create function public.weight(public.mood) returns integer language sql immutable as $$ select 1 $$;
create function public.heavier(public.mood) returns integer language sql immutable as $$ select 2 $$;
create cast (text as public.mood) with inout as implicit;
create cast (public.mood as integer) with function public.weight(public.mood) as assignment;
comment on cast (public.mood as integer) is 'its weight';
