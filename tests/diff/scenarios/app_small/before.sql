create type public.status as enum ('draft','live');
create table public.orgs(id uuid primary key default gen_random_uuid(), name text not null unique, created_at timestamptz not null default now());
