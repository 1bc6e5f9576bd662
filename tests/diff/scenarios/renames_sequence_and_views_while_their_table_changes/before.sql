create sequence public.counter start 10;
create table public.t (id int primary key default nextval('public.counter'), a text);
create index i_a on public.t (a);
create materialized view public.mv as select a, count(*) as n from public.t group by a;
create unique index mv_a on public.mv (a);
create view public.w as select * from public.mv;
insert into public.t (a) values ('x');
