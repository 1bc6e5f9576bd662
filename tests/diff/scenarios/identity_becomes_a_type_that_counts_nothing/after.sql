create table public.t (id int, k text default 'x', n numeric(9, 2) not null, s bigint);
create table public.parts (id int, k text) partition by list (id);
create table public.part1 partition of public.parts for values in (1);
