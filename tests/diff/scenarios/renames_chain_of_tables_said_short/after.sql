-- rename: a:b
-- rename: b:c
create table public.b (id int primary key, x text);
create table public.c (id int primary key, y text);
