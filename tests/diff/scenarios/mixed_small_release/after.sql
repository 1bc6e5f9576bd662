create type public.status as enum ('draft', 'review', 'live');
create table public.project (id uuid primary key default gen_random_uuid(), name varchar(120) not null, status public.status not null default 'draft', slug text generated always as (lower(name)) stored, archived_at timestamptz);
create index project_live on public.project (name) where archived_at is null;
alter table public.project enable row level security;
create policy "read" on public.project for select to authenticated using (archived_at is null);
grant select, update (name) on public.project to authenticated;
comment on table public.project is 'what a team works on';
