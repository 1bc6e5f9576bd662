create schema old;
create table old.t (id int generated always as identity primary key, a int, b int generated always as (a * 2) stored);
create view old.v as select id, b from old.t;
create function old.f(x old.t) returns int language sql stable return (x).a;
grant usage on schema old to anon;
grant select on old.t to anon;
comment on column old.t.a is 'one';
insert into old.t (a) values (4);
