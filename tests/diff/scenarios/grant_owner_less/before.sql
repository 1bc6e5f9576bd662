create table public.drawer (id integer);
create schema desk;
create sequence desk.numbers;
create type public.mood as enum ('good');
create function public.one() returns integer language sql as $$ select 1 $$;
create view public.drawers as select id from public.drawer;
