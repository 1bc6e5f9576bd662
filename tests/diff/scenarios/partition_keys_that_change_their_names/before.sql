create table public.par (id int, k int, constraint par_pk primary key (id), constraint par_u unique (id, k)) partition by range (id);
create table public.par_1 partition of public.par default;
insert into public.par values (1, 2);
