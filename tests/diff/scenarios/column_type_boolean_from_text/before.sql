create table public.t (id integer primary key, b text);
insert into public.t values (1, 'true');
