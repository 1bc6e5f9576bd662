create table public.p (id int not null, k int, w text) partition by range (k);
create table public.p9 partition of public.p for values from (90) to (100);
create index p_w on public.p (w, id);
create table public.p1 (id int not null, k int, w text);
create index own_name on public.p1 (w, id);
alter table public.p attach partition public.p1 for values from (0) to (20);
