create table public.drawer (id int, n text);
create view public.dv as select id from public.drawer;
create function public.df() returns int language sql as 'select 1';
create sequence public.ds;
create type public.de as enum ('a');
create schema dsch;
