create table public.t (id integer primary key);
grant select, update, delete on public.t to authenticated;
