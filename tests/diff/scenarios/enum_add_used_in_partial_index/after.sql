create type public.mood as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.mood not null);
create index t_happy on public.t (id) where mood = 'happy'::public.mood;
