create table public.t (id int primary key, a int, b int);
create function public.f(x int) returns int immutable language sql begin atomic select max(b) from public.t; end;
create index t_f on public.t (public.f(a), b);
