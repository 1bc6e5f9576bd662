create table public.customer (id integer primary key, name text not null, city text);
