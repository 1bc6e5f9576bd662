create domain public.x as text check (value in ('a', 'b'));
create type public.y as (id int);
create table public.t (x public.x default 'a', n public.x[] not null default '{b}', check (x <> 'b'));
create index on public.t (x); create view public.v as select x from public.t;
create function public.f(public.x) returns public.x language sql immutable as 'select $1';
create view public.z as select 1 as one;
