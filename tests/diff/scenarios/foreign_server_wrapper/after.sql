create foreign data wrapper wire;
create foreign data wrapper cable;
create server shop foreign data wrapper cable;
create user mapping for anon server shop;
create foreign table public.item (id integer) server shop;
create view public.items as select id from public.item;
