create type public.addr as (street text, town text);
create table public.person (id int primary key, addr public.addr);
create view public.pv as select (addr).town || '!' as town from public.person;
create function public.zipf() returns text language sql begin atomic select (addr).street from public.person; end;
create function public.whole(a public.addr) returns text language sql as $$ select 'x' $$;
