create table public.addr (street text, town varchar(30), extra int default 5);
create table public.person (id int primary key, home public.addr, others public.addr[] default '{}');
create function public.town(p public.person) returns text language sql stable return (p.home).town;
