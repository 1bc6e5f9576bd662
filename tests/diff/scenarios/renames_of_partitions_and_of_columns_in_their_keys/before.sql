create table public.par (id int, k int, n int, constraint par_pk primary key (id), constraint par_u unique (id, k),
    constraint par_x exclude using btree (id with =, k with =)) partition by range (id);
create table public.mid partition of public.par default partition by hash (id);
create table public.low partition of public.mid for values with (modulus 1, remainder 0);
create table public.one (id int references public.par, k int, constraint one_k foreign key (id, k) references public.par (id, k)) partition by list (id);
create table public.one_a partition of public.one default;
create index i on public.par (k);
insert into public.par values (1, 2, 3);
insert into public.one values (1, 2);
