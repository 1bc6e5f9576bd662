create type public.mood as enum ('happy', 'ok', 'sad');
create table public.t (id integer primary key, mood public.mood);
