create table public.t (id integer not null);
