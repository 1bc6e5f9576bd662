create type public.price as (amount numeric(10,2), currency text);
create table public.t (id int primary key, c public.price, cs public.price[]);
