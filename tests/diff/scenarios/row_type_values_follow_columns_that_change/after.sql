create table public.t (id int, n text, b boolean);
create table public.log (id int primary key, old public.t default row(1,'a',true)::public.t);
insert into public.log values (1);
create function public.g(x public.t) returns int language sql return (x).id;
create index i on public.log (((old).b));
