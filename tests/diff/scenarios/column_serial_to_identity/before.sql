create table public.t (id serial primary key, note text);
