create schema x;
create table x.item (id int primary key, label text);
create materialized view x.listing as select * from x.item;
create unique index listing_id on x.listing (id);
alter table x.item enable row level security;
create policy pp on x.item using (label <> '');
grant select on x.item to anon;
insert into x.item values (1, 'a');
