create table public.p (id int not null, k int not null) partition by range (k);
alter table public.p add constraint p_k primary key (id, k) with (fillfactor = 70);
