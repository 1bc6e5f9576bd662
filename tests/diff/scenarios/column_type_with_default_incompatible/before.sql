create table public.t (id integer primary key, n text default '7');
insert into public.t values (1, '9');
