create table public.t (id integer primary key, s text);
insert into public.t values (1, 'x');
