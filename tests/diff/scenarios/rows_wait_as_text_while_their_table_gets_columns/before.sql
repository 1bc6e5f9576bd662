create table public.o (id int primary key, n text);
create table public."H x" (id int primary key, "Old" public.o default row(1,'y')::public.o);
insert into public."H x" values (1, row(5,'x')::public.o);
alter table public."H x" add constraint c check ("Old" is distinct from row(0,'z')::public.o);
create table public.p (id int, o public.o default row(1,'y')::public.o) partition by range (id);
create table public.p1 partition of public.p for values from (0) to (10);
insert into public.p values (1);
