create table public.n (a bigint, b text, up_a bigint, up_b text, primary key (a, b), foreign key (up_a, up_b) references public.n (a, b));
create table public.l (id int primary key, a bigint, b text, foreign key (a, b) references public.n on update cascade);
create view public.nv as select a, b, count(*) from public.n group by a, b;
