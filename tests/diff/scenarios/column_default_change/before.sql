create table public.t (id integer primary key, at timestamptz default now());
