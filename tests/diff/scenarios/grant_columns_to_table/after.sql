create table public.t (id integer primary key, a text);
grant select on public.t to authenticated;
