-- rename: public.addr.street:public.addr.road
create type public.addr as (road text, city text, n int);
create table public.t (id int primary key, a public.addr, b public.addr[]);
create view public.v as select id, (a).road as street from public.t;
create function public.f(x public.addr) returns text language sql return (x).road;
create function public.g(x public.addr) returns text language plpgsql as 'begin return x.road; end';
