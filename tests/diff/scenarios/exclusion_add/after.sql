create extension btree_gist with schema extensions;
create table public.booking (id integer primary key, room integer, during tstzrange, constraint booking_overlap exclude using gist (room with =, during with &&) where (room is not null));
