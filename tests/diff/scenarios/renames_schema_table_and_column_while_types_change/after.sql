-- rename: old:neu
-- rename: neu.t:neu.tt
-- rename: neu.tt.a:aa
create schema neu;
create table neu.tt (id bigint generated always as identity primary key, aa bigint, b bigint generated always as (aa * 2) stored, c int generated always as (1) stored);
create view neu.v as select id, b, c from neu.tt;
create function neu.f(x neu.tt) returns bigint language sql stable return (x).aa;
grant usage on schema neu to anon;
grant select (id, b) on neu.tt to anon;
comment on column neu.tt.aa is 'two';
