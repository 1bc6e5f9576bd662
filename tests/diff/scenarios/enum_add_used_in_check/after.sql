create type public.mood as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.mood not null, constraint t_mood_check check (mood <> 'happy'::public.mood or id > 0));
