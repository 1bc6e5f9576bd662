create table public.t (id int primary key, a int, b int);
create view public.v as select a, b from public.t;
grant select, insert on public.t to anon;
grant select, update (a) on public.t to anon;
grant select (b) on public.t to anon;
grant select on public.v to anon;
grant select (b) on public.v to anon;
