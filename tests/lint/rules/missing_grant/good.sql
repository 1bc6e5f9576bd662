alter default privileges in schema public grant select on tables to authenticated;
create table public.scenes (id bigint primary key, owner_id uuid not null);
alter table public.scenes enable row level security;
create policy "read" on public.scenes for select to authenticated using (true);
create table public.models (id bigint primary key);
create policy "read" on public.models for select using (true);
create policy "write" on public.models for update to authenticated using (true);
create policy "maintenance" on public.models for all to postgres using (true);
-- file: 0002_grant.sql
grant update (id) on public.models to authenticated;
