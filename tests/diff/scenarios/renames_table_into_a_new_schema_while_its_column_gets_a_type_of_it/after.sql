-- rename: public.orders:shop.purchases
-- rename: shop.purchases.st:state
create schema shop;
create type shop.state as enum ('new','done');
create table shop.purchases (id serial primary key, state shop.state not null default 'new', amount bigint, tax numeric(10,2) default 0, constraint amount_pos check (amount > 0 and tax >= 0));
create index purchases_state on shop.purchases (state, amount);
create view public.open_orders as select id, state, tax from shop.purchases where state = 'new';
create function public.total() returns bigint language sql stable as 'select sum(amount) from shop.purchases';
create policy p on shop.purchases using (state = 'new' and amount > 0);
alter table shop.purchases enable row level security;
