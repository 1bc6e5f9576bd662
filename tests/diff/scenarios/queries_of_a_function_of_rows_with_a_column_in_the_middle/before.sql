create table public.t (a int, b int);
insert into public.t (a, b) values (1, 2);
 create function public.f() returns setof public.t language sql as 'select * from public.t';
create view public.kept as select x.b, x.ordinality from public.f() with ordinality x; create policy kept on public.t using (b in (select z.b from public.f() z));
