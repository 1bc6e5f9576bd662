create table public.p (id int, a int) partition by range (id);
create table public.q (id int, a int) partition by range (id);
create table public.p1 partition of public.q for values from (0) to (10);
create index q_a on public.q (a);
create index p_i on public.p (id, a);
create index p1_id_idx on public.p1 (id);
