-- rename: x.item:x.item_base
create schema x;
create table x.item_base (id bigint primary key, label text);
alter table x.item_base enable row level security;
create policy pp on x.item_base using (label <> 'x');
create materialized view x.item as select id, upper(label) as label from x.item_base;
create materialized view x.listing as select * from x.item;
create unique index listing_id on x.listing (id, label);
grant select on x.item_base to anon;
grant select on x.item to authenticated;
