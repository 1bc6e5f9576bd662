create table public.t (a int not null, b int not null) partition by range (a);
create table public.t_1 partition of public.t for values from (0) to (10) partition by range (a);
create table public.t_11 partition of public.t_1 for values from (0) to (5);
create table public.t_12 partition of public.t_1 for values from (5) to (10);
create table public.t_2 partition of public.t for values from (10) to (20);
alter table public.t_2 add constraint alone primary key (a);
alter table public.t add primary key (a);
