create table public.t (id integer generated always as identity (start with 100 increment by 10 cache 5) primary key);
