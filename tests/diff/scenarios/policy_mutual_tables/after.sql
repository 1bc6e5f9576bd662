create table public.a (id integer primary key, b_id integer);
create table public.b (id integer primary key, a_id integer);
alter table public.a enable row level security;
alter table public.b enable row level security;
create policy pa on public.a for select using (exists (select 1 from public.b where b.id = a.b_id));
create policy pb on public.b for select using (exists (select 1 from public.a where a.id = b.a_id));
