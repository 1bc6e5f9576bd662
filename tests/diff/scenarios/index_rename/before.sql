create table public.t (id integer primary key, a text);
create index old_name on public.t (a);
