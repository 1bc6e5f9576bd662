create table public.node (id integer primary key, parent_id integer);
