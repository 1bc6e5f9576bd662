create table public.a (id int);
create table public."b C" (x int not null default 3, "y Z" text default 'DEFAULT NOT NULL') inherits (public.a);
create table public.g () inherits (public."b C");
insert into public."b C" values (1, 2, 'z');
