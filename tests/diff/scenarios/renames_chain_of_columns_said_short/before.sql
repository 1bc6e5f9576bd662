create table public.t (id int primary key, a text, b text);
insert into public.t values (1, 'q', 'r');
