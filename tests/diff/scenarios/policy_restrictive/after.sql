create table public.t (id integer primary key);
alter table public.t enable row level security;
create policy p on public.t as restrictive for select to authenticated using (true);
