create extension citext schema public; create extension hstore schema public;
create function public.size_of(x public.citext) returns int language sql immutable as 'select length(x::text)';
create table public.t (a public.citext, h public.hstore, constraint filled check (public.size_of(a) > 0));
insert into public.t values ('A');
