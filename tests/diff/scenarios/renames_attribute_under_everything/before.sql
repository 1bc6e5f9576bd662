create type public.addr as (street text, city text, n int);
create table public.t (id int primary key, a public.addr, b public.addr[]);
insert into public.t values (1, row('s','c',2), array[row('s','c',2)::public.addr]);
create view public.v as select id, (a).street from public.t;
create function public.f(x public.addr) returns text language sql return (x).street;
create function public.g(x public.addr) returns text language plpgsql as 'begin return x.street; end';
