create table public.m (id int not null, k int) partition by range (id);
create index m_two on public.m (k) where k > 5;
create index m_one on public.m (k);
create table public.m_a partition of public.m default;
create table public.m_b partition of public.m for values from (1) to (9);
