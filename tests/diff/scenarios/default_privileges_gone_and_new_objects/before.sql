create schema app;
alter default privileges in schema public grant all on tables to anon;
alter default privileges in schema public grant all on sequences to anon;
alter default privileges revoke execute on functions from public;
alter default privileges in schema app grant select on tables to anon;
create table public.kept (id integer);
