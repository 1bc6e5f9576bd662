alter default privileges in schema public grant select on tables to authenticated;
create table public.t (id integer primary key);
