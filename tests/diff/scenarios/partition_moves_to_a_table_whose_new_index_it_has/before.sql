create table public.p (id int, a int) partition by range (id);
create table public.q (id int, a int) partition by range (id);
create table public.p1 partition of public.p for values from (0) to (10);
create index p_a on public.p (a);
create index p_i on public.p (id);
create index q_a on public.q (a);
