create table public.p (id int, a int) partition by range (id);
create table public.p1 partition of public.p for values from (0) to (10);
create index p_a on public.p (a) with (fillfactor = 50);
