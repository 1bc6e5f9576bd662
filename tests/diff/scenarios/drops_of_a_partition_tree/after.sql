create table public.k (id int primary key);
