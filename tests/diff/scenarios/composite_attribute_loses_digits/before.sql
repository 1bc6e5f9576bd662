create type public.price as (amount numeric(10,4), currency text);
create table public.t (id int primary key, c public.price, cs public.price[]);
insert into public.t values (1, row(1.2500, 'EUR'), array[row(2.5, 'EUR')::public.price]);
