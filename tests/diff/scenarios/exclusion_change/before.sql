create table public.b (id integer primary key, during int4range, constraint b_ex exclude using gist (during with &&));
