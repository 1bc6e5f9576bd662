create table public.customer (id integer primary key, name text not null, city text);
insert into public.customer values (1, 'Ada', 'London');
