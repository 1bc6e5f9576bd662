create domain public.amount as varchar(9);
create domain public.amounts as public.amount[];
create table public.t (id int primary key, a public.amount, b public.amount[], c public.amounts);
insert into public.t values (1, 'abc', '{abc,de}', '{f}'), (2, null, null, null);
