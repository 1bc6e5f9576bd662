create table public.kept (id integer generated always as identity);
create table public.shed (id integer generated always as identity);
create sequence public.numbers;
create view public.seen as select 1 as x;
create function public.f() returns integer language sql as 'select 1';
