create table public.a (id integer primary key);
create table public.b (id integer primary key);
alter table public.a enable row level security;
alter table public.b enable row level security;
