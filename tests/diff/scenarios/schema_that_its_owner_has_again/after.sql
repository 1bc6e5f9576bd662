create schema s;
create table s.t (a int, b int);
create function s.f() returns int language sql as 'select 1';
grant select on s.t to anon;
comment on table s.t is 'x';
alter default privileges in schema s grant select on tables to anon;
