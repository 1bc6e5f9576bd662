create table public.t (id integer primary key);
alter table public.t enable row level security;
alter table public.t force row level security;
