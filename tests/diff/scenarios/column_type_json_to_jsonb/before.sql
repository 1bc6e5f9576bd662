create table public.t (id integer primary key, j json);
insert into public.t values (1, '{"a": 1}');
