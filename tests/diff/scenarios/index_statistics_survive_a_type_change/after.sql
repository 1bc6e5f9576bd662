create table public.t (id int, a bigint, b varchar(10));
create statistics public.s (dependencies, mcv) on a, (lower(b)) from public.t;
alter statistics public.s set statistics 55;
create index i on public.t ((a + 1));
alter index public.i alter column 1 set statistics 99;
