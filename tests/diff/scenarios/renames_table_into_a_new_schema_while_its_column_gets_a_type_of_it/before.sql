create table public.orders (id serial primary key, st text not null default 'new', amount int, constraint amount_pos check (amount > 0));
create index orders_st on public.orders (st);
create view public.open_orders as select id, st from public.orders where st = 'new';
create function public.total() returns bigint language sql stable as 'select sum(amount) from public.orders';
create policy p on public.orders using (st = 'new');
alter table public.orders enable row level security;
insert into public.orders (st, amount) values ('new', 5);
