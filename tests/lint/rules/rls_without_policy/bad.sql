create table public.scenes (id bigint primary key);
alter table public.scenes enable row level security;
create policy "all" on public.scenes using (true);
-- file: 0002_drop.sql
drop policy "all" on public.scenes;
