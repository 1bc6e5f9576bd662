create table public.p (id int not null, k int not null) partition by range (k);
create table public.p1 partition of public.p for values from (0) to (10);create table public.p2 partition of public.p for values from (10) to (20);
alter table only public.p add constraint p_k unique (id, k);alter table public.p1 add constraint p1_k unique (id,k);
create table public.px partition of public.p for values from (50) to (60);alter index public.p_k attach partition public.p1_k;
