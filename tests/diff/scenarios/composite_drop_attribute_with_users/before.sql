create type public.addr as (street text, zip text, town text);
create table public.person (id int primary key, addr public.addr);
create view public.pv as select (addr).town from public.person;
create function public.zipf() returns text language sql begin atomic select (addr).zip from public.person; end;
create function public.whole(a public.addr) returns text language sql as $$ select 'x' $$;
insert into public.person values (1, row('Main', '123', 'X'));
