create table public.m (id int, a bigint) partition by range (id);
create table public.m1 partition of public.m default;
create index i on public.m ((a + 1));
alter index public.m1_expr_idx alter column 1 set statistics 33;
