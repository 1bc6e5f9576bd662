create table public.t (b int, a int); create function public.f() returns setof public.t language sql as 'select * from public.t'; create view public.v as select a from public.f();
