create table public.t (id integer primary key);
grant select on public.t to authenticated with grant option;
