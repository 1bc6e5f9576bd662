create type public.mood as enum ('happy', 'ok', 'sad');
create table public.t (id integer primary key, mood public.mood);
insert into public.t values (1, 'sad'), (2, null);
