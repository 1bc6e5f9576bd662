create type public.addr as (street text, zip text);
create domain public.email as text check (value like '%@%');
create table public.people (id int primary key, home public.addr, mail public.email not null default 'a@b', all_homes public.addr[]);
create function public.fmt(a public.addr) returns text language sql immutable return (a).street || (a).zip;
create index people_fmt on public.people (public.fmt(home));
insert into public.people values (1, row('s','z'), 'x@y', array[row('s2','z2')::public.addr]);
