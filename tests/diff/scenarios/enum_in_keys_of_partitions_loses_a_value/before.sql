create type public.k as enum ('x','y','z');
create table public.par (k public.k, d int, primary key (k, d)) partition by range (d);
create table public.par1 partition of public.par for values from (0) to (10);
create table public.ch (id int primary key, k public.k, d int, foreign key (k, d) references public.par (k, d));
insert into public.par values ('x', 1); insert into public.ch values (1, 'x', 1);
