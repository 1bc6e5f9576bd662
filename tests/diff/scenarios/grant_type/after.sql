create type public.mood as enum ('a');
revoke usage on type public.mood from public;
