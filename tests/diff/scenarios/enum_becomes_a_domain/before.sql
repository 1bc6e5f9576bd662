create type public.x as enum ('a', 'b');
create table public.y (id int);
create table public.t (x public.x default 'a', n public.x[] not null default '{b}', check (x <> 'b'));
create index on public.t (x); create view public.v as select x from public.t;
create function public.f(public.x) returns public.x language sql immutable as 'select $1';
create sequence public.z;
insert into public.t values ('a', '{a,b}'), (null, '{}');
