create table public.t (id int, k bigint generated always as identity);
insert into public.t (id) values (1), (2);
