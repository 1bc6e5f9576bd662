create type public.status as enum ('draft', 'live');
create table public.project (id uuid primary key default gen_random_uuid(), name varchar(80) not null, status public.status not null default 'draft');
alter table public.project enable row level security;
create policy "read" on public.project for select to authenticated using (true);
grant select on public.project to authenticated;
