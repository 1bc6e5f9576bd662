create table public.t (id integer primary key);
grant all on public.t to service_role;
