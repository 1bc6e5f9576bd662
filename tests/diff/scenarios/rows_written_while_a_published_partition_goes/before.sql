create table public.t (id int, k text) partition by range (id);
create table public.t_1 partition of public.t for values from (0) to (10);
create table public.t_2 partition of public.t for values from (10) to (20);
create table public.parent (a int, k text);
create table public.child () inherits (public.parent);
create table public.stays () inherits (public.parent);
create publication p for all tables;
insert into public.t values (1, null), (2, 'b');
insert into public.stays values (1);
