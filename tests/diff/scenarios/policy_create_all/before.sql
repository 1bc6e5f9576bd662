create table public.t (id integer primary key, owner uuid);
alter table public.t enable row level security;
