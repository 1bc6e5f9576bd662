create extension btree_gist with schema extensions;
create table public.booking (id integer primary key, room integer, during tstzrange);
