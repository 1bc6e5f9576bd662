create type public.mood as enum ('sad', 'fine', 'happy');
create table public.t (id integer primary key, mood public.mood not null default 'fine');
insert into public.t values (1, 'fine'), (2, 'happy');
