create type public.status as enum ('draft','live');
create table public.orgs(id uuid primary key default gen_random_uuid(), name text not null unique, status public.status default 'draft');
create index ix_orgs_name on public.orgs(name);
create view public.v as select id,name from public.orgs;
create policy p on public.orgs using (name='x');
