create table public.m (id int not null, k int) partition by range (id);
create index m_one on public.m (k);
create index m_two on public.m (k) where k > 5;
create table public.m_a partition of public.m default;
