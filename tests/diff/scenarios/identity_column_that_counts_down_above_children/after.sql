create schema s; create table s.p (a int, n bigint generated always as identity (start 100 increment -1 maxvalue 100)); create table s.c () inherits (s.p); create table s.d (z int) inherits (s.c);
