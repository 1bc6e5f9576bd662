create table public.t (id integer primary key);
insert into public.t overriding system value values (41);
