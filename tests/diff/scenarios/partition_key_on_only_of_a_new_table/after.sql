create table public.s (a int not null, b int) partition by list (a);
create table public.s_1 partition of public.s for values in (1);
alter table only public.s add constraint s_key primary key (a);
create table public.t (a int not null, b int) partition by range (a);
create table public.t_1 partition of public.t for values from (0) to (10);
create table public.t_2 partition of public.t for values from (10) to (20);
alter table only public.t add primary key (a);
alter table public.t_2 add constraint own primary key (a);
alter index public.t_pkey attach partition public.own;
