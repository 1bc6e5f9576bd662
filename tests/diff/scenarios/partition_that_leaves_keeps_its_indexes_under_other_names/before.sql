create table public.p (id int, a int, b text) partition by range (id);
create table public.p1 partition of public.p for values from (0) to (10);
create table public.p2 partition of public.p for values from (10) to (20);
create index p_a on public.p (a);
create index p_b on public.p (b);
create unique index p1_own on public.p1 (b, a);
alter table public.p add primary key (id);
insert into public.p values (1,2,'x'),(11,3,'y');
