create table public.o (id bigint primary key, n text, c int default 7, d text not null default 'q');
create table public."H x" (id int primary key, "Old" public.o default row(1,'y',3,'e')::public.o);
alter table public."H x" add constraint c check ("Old" is distinct from row(0,'z',4,'r')::public.o);
create table public.p (id int, o public.o default row(1,'y',5,'f')::public.o) partition by range (id);
create table public.p1 partition of public.p for values from (0) to (10);
alter table public.p1 alter o set default row(2,'y',5,'f')::public.o;
