create table public.a (id integer primary key);
create table public.b (id integer primary key);
alter table public.a enable row level security;
alter table public.b enable row level security;
create policy "read" on public.a for select using (true);
create policy "read" on public.b for select using (id > 0);
