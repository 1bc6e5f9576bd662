create table public.parent (a int);
create table public.child (b int) inherits (public.parent);
create table public.grandchild () inherits (public.child);
insert into public.parent values (1);
insert into public.child values (2, 3), (4, 5);
insert into public.grandchild values (6, 7);
create publication p for all tables;
