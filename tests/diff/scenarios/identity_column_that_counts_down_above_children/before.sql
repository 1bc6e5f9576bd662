create schema s; create table s.p (a int); create table s.c () inherits (s.p); create table s.d (z int) inherits (s.c); insert into s.d values (1, 2);
