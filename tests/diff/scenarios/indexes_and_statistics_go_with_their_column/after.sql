create table public.t (id int primary key, b int, c int);
create index t_d on public.t (b);
create statistics public.st2 on b, c from public.t;
