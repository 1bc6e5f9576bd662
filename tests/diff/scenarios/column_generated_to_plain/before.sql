create table public.t (id integer primary key, a integer, b integer generated always as (a + 1) stored);
insert into public.t (id, a) values (1, 1);
