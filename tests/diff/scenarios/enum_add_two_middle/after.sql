create type public.mood as enum ('sad', 'meh', 'ok', 'happy');
