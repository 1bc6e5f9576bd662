create type public.mood as enum ('sad', 'ok', 'happy');
create function public.f(m public.mood) returns text language sql immutable as $$ select m::text $$;
