create table public.t (a int, b int);
insert into public.t (a, b) values (1, 2);
 create function public.f() returns setof public.t language sql as 'select * from public.t'; create view public.v as select a from public.f();
