create table public.a (id int generated always as identity primary key, v text);
create table public.b (id int generated always as identity (sequence name public.own) primary key);
insert into public.a (v) values ('x'), ('y');
