create table public.kept (a int);
create schema s;
create table s.t (a int);
revoke all on s.t from postgres;
create view s.v as select a from s.t;
create function s.f() returns int language sql as 'select 1';
revoke all on function s.f() from public, postgres;
revoke all on schema s from postgres;
