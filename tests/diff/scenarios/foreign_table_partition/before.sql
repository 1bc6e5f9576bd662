create foreign data wrapper wire;
create server shop foreign data wrapper wire;
create table public.event (id integer, day date) partition by range (day);
