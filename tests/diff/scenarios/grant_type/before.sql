create type public.mood as enum ('a');
