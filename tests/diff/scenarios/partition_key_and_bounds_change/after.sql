create table public.x14 (id integer, c double precision) partition by list (c);
create table public.x14_a partition of public.x14 default;
create index x14_id on public.x14 (id);
create table public.y (id int, d date default now(), e text, primary key (id, d)) partition by list (id);
create table public.y_a partition of public.y default;
create index y_a_d on public.y_a (d, e);
