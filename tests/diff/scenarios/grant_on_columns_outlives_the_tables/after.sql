create table public.t (id int primary key, a int, b int);
create view public.v as select a, b from public.t;
revoke all on public.t, public.v from anon;
grant select (a) on public.t to anon;
grant select (b) on public.t to anon;
grant select (b) on public.v to anon;
