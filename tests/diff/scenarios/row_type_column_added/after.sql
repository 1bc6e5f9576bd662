create table public.t (id int, n text, q int default 3);
create table public.log (id int primary key, old public.t);
