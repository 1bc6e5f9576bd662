create table public.t (id integer primary key, s varchar(20));
insert into public.t values (1, 'abc');
