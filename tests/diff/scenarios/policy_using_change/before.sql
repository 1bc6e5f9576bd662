create table public.t (id integer primary key, owner uuid);
alter table public.t enable row level security;
create policy p on public.t for select to authenticated using (owner = auth.uid());
