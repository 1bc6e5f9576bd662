create table public.p (id int not null, k int not null) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (10);
alter table public.p add constraint p_k primary key (id, k) with (fillfactor = 70);
alter index public.p1_pkey set (fillfactor = 50);
