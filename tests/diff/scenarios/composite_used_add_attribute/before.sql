create type public.address as (street text);
create table public.t (id integer primary key, home public.address);
