create table public.s (a int not null, b int) partition by list (a);
create table public.s_1 partition of public.s for values in (1);
insert into public.s values (1, 2);
