create table public.p (id int, a bigint, b text) partition by range (id);
create table public.p2 partition of public.p for values from (10) to (20);
create table public.p1 (id int primary key, a int, b text);
create index p_a on public.p (a);
create index p_b on public.p (b, a);
create index ix_a on public.p1 (a);
create index ix_b on public.p1 (b);
create unique index p1_other on public.p1 (b, a);
alter table public.p add primary key (id);
