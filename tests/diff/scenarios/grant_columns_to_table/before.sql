create table public.t (id integer primary key, a text);
grant select (id, a) on public.t to authenticated;
