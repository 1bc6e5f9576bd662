create table public.t (id integer primary key, u uuid not null default gen_random_uuid());
