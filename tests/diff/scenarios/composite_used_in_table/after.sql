create type public.address as (street text, city text);
create table public.t (id integer primary key, home public.address);
