create table public.scenes (id bigint primary key, owner_id uuid not null);
alter table public.scenes enable row level security;
grant select on public.scenes to authenticated;
create policy "read" on public.scenes for select to authenticated, anon using (true);
create policy "write" on public.scenes for insert to authenticated with check (true);
-- file: 0002_revoke.sql
create table public.models (id bigint primary key);
grant select on public.models to anon, authenticated;
create policy "all" on public.models for select using (true);
revoke select on public.models from anon, authenticated;
