create table public.t (id int, n text);
create table public.log (id int primary key, old public.t);
insert into public.log values (1, row(1, 'x'));
