create table public.t (id int);
grant select on public.t to anon with grant option;
grant update on public.t to authenticated;
