create table public.t (id integer primary key, a text, secret text);
grant select (id, a), update (a) on public.t to authenticated;
