create table public.a (id int primary key, x text);
create table public.b (id int primary key, y text);
insert into public.a values (1, 'q');
insert into public.b values (2, 'r');
