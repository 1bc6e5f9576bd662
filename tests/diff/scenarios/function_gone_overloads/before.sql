create schema a; create function a.n(x text) returns text language sql immutable as $$ select x $$;
create function a.n(x int) returns text language sql immutable as $$ select x::text $$;
create view a.v as select a.n('x'::text) as t, a.n(1) as i;
create table a.t (id int primary key, "Q" text default a.n('q'::text) not null, check (a.n("Q") <> ''));
create function a.trg() returns event_trigger language plpgsql as $$ begin perform 1; end $$;
create function a.outer(x text) returns text language sql immutable return a.n(x);
create index on a.t (a.outer("Q"));
insert into a.t values (1);
