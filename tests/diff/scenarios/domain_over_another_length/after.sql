create domain public.amount as varchar(3);
create domain public.amounts as public.amount[];
create table public.t (id int primary key, a public.amount, b public.amount[], c public.amounts);
