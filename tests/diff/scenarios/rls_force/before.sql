create table public.t (id integer primary key);
alter table public.t enable row level security;
