-- rename: a:b
-- rename: b:c
create table public.t (id int primary key, b text, c text);
