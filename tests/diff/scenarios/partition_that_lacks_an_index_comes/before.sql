create table public.p (id int not null, k int not null) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (10);
create table public.p2 (id int not null, k int not null);
create index p_k on only public.p(id);
create index p1_x on public.p1(id);
alter index public.p_k attach partition public.p1_x;
