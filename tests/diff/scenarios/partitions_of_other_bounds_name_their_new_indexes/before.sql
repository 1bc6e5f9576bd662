create table public.p (id int, k int, w text) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (10) partition by list (id);
create table public.p1a partition of public.p1 for values in (1,2);
create index p_w on public.p (w);
alter index public.p1a_w_idx rename to "Own one";
