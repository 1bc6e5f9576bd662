create table public.t (id int, n text, b boolean);
create table public.log (id int primary key, old public.t, constraint c check (old is distinct from row(1,'a',true)::public.t));
create domain public.d as public.t default row(1,'x',true)::public.t check ((value).id is null or (value).id > 0);
create view public.v as select row(1,'a',true)::public.t as r;
create function public.f() returns public.t language sql return row(1,'a', true)::public.t;
create policy p on public.log using (old is distinct from row(1,'a', true)::public.t);
