-- rename: public.mood.fine:public.mood.ok
create type public.mood as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.mood not null default 'ok');
