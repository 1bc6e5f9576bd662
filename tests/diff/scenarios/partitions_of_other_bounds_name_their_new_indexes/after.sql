create table public.p (id int, k int, w text) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (20) partition by list (id);
create table public.p1a partition of public.p1 for values in (1,2,3);
create index p_w on public.p (lower(w));
alter index public.p1a_lower_idx rename to "Own one";
