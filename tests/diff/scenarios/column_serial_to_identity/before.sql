create table public.t (id serial primary key, note text);
insert into public.t (note) values ('a'), ('b');
