create table public.t (id integer primary key);
alter table public.t enable row level security;
create policy p on public.t for all to authenticated using (true);
