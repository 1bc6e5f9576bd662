create table public.t (id int);
grant select on public.t to anon with grant option;
set role anon;
grant select on public.t to authenticated;
reset role;
