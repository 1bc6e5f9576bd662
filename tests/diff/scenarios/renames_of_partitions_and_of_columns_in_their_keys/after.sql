-- rename: public.par.k:public.par.kk
-- rename: public.low:public.lower
create table public.par (id int, kk int, n int, constraint par_pk primary key (id), constraint par_u unique (id, kk),
    constraint par_x exclude using btree (id with =, kk with =)) partition by range (id);
create table public.mid partition of public.par default partition by hash (id);
create table public.lower partition of public.mid for values with (modulus 1, remainder 0);
create table public.one (id int references public.par, k int, constraint one_kk foreign key (id, k) references public.par (id, kk)) partition by list (id);
create table public.one_a partition of public.one default;
create index i on public.par (kk);
