-- rename: public.addr:crm.address
-- rename: public.email:crm.mailbox
-- rename: public.people:crm.persons
-- rename: crm.persons.mail:e_mail
create schema crm;
create type crm.address as (street text, zip varchar(10), city text);
create domain crm.mailbox as varchar(100) check (value like '%@%') check (length(value) > 2);
create table crm.persons (id int primary key, home crm.address, e_mail crm.mailbox not null default 'c@d', all_homes crm.address[]);
create function public.fmt(a crm.address) returns text language sql immutable return (a).street || (a).zip || (a).city;
create index persons_fmt on crm.persons (public.fmt(home));
