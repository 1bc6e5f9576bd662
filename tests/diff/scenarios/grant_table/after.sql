create table public.t (id integer primary key);
grant select, insert on public.t to authenticated;
