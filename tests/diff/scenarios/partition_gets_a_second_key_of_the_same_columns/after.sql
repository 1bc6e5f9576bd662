create table public.t (id int not null, v int) partition by range (id);
create table public.t_a partition of public.t default;
alter table public.t add constraint x1 unique (id); create index y1 on public.t (id);
alter table public.t add constraint x2 unique (id) deferrable; create index y2 on public.t (id) where v > 1;
