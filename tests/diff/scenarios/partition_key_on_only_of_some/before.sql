create table public.t (a int not null, b int not null) partition by range (a);
create table public.t_1 partition of public.t for values from (0) to (10);
create table public.t_2 partition of public.t for values from (10) to (20);
alter table only public.t add primary key (a);
alter table public.t_2 add constraint own primary key (a);
alter index public.t_pkey attach partition public.own;
insert into public.t values (1, 1), (11, 1);
