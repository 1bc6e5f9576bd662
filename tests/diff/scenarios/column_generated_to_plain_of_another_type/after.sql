create table public.t (id int primary key, a int, b varchar(9)[], c timestamptz);
create index t_b on public.t (b);
