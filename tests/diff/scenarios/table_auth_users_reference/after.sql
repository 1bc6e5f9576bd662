create table public.profile (id uuid primary key references auth.users (id) on delete cascade, name text);
