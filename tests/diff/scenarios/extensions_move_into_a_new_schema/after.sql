create schema ext; create extension citext schema ext; create extension hstore schema ext;
create function public.size_of(x ext.citext) returns int language sql immutable as 'select length(x::text)';
create table public.t (a ext.citext, h ext.hstore, constraint filled check (public.size_of(a) > 0));
