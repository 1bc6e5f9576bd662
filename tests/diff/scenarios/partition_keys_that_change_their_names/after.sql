create table public.par (id int, k int, constraint par_pk primary key (id), constraint par_u unique (id, k)) partition by range (id);
create table public.par_1 partition of public.par default;
alter table public.par_1 rename constraint par_1_pkey to mine;
alter table public.par_1 rename constraint par_1_id_k_key to par_1_pkey;
