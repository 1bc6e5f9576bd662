create foreign data wrapper wire;
create server shop foreign data wrapper wire;
create table public.event (id integer, day date) partition by range (day);
create foreign table public.event_old partition of public.event for values from ('2020-01-01') to ('2021-01-01') server shop;
create table public.parent (id integer);
create foreign table public.child (more text) inherits (public.parent) server shop;
