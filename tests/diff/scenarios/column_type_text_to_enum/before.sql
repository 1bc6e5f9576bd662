create type public.mood as enum ('sad', 'ok');
create table public.t (id integer primary key, mood text not null default 'ok');
insert into public.t values (1, 'sad');
