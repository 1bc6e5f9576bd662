create table public.t (id bigint generated always as identity primary key, label text not null, created_at timestamptz not null default now());
