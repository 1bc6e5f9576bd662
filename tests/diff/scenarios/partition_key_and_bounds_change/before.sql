create table public.x14 (id integer, c double precision) partition by hash (c);
create table public.x14_a partition of public.x14 for values with (modulus 1, remainder 0);
create index x14_id on public.x14 (id);
create table public.y (id int, d date default now(), primary key (id, d)) partition by range (d);
create table public.y_a partition of public.y for values from (minvalue) to (maxvalue);
create index y_a_d on public.y_a (d);
