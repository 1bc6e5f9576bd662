create table public.n (a int, b int, up_a int, up_b int, primary key (a, b), foreign key (up_a, up_b) references public.n (a, b));
create table public.l (id int primary key, a int, b int, foreign key (a, b) references public.n on update cascade);
create view public.nv as select a, b, count(*) from public.n group by a, b;
insert into public.n values (1,2,null,null),(3,4,1,2); insert into public.l values (1,3,4);
