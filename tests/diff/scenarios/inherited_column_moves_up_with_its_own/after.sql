create table public.a (id int, x int, "y Z" text);
create table public."b C" () inherits (public.a);
alter table public."b C" alter x set default 3, alter x set not null, alter "y Z" set default 'DEFAULT NOT NULL';
create table public.g () inherits (public."b C");
