create table public.addr (street text, zip text, town varchar(20));
create table public.person (id int primary key, home public.addr, others public.addr[] default '{}');
create function public.town(p public.person) returns text language sql stable return (p.home).town;
insert into public.addr values ('a','b','c');
insert into public.person values (1, row('s, "x"', null, 't'), array[row('q','','')::public.addr]);
