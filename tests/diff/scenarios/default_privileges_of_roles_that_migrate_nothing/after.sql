create schema desk;
alter default privileges for role service_role in schema desk grant select, insert on tables to anon with grant option;
alter default privileges for role anon revoke execute on functions from public;
alter default privileges in schema desk grant usage on sequences to authenticated;
create table desk.was (id int);
create sequence desk.s;
create function desk.f() returns int language sql as 'select 1';
