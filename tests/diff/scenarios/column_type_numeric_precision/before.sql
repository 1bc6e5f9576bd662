create table public.t (id integer primary key, n numeric(10,2));
insert into public.t values (1, 1.25);
