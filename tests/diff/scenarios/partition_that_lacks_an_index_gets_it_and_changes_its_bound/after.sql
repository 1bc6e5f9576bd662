create table public.p (id int not null, k int not null) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (10);create table public.p2 partition of public.p for values from (20) to (35);
 create table public.p3 partition of public.p for values from (40) to (50);
create index p_k on public.p(id);
