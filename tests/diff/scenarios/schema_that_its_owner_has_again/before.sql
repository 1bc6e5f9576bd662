create schema s;
create table s.t (a int);
revoke all on schema s from postgres;
