create type public.mood as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.mood not null default 'ok');
insert into public.t values (1, 'sad'), (2, 'ok');
