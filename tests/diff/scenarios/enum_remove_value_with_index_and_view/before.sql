create type public.mood as enum ('sad', 'ok', 'happy');
create table public.t (id integer primary key, mood public.mood not null);
create index t_mood on public.t (mood) where mood = 'ok'::public.mood;
create view public.v with (security_invoker=true) as select id, mood from public.t;
insert into public.t values (1, 'ok');
