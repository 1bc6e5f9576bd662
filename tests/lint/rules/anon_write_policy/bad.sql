create table public.messages (id bigint primary key, author_id uuid not null);
alter table public.messages enable row level security;
create policy "anon inserts" on public.messages for insert to anon with check (author_id is null);
create policy "all" on public.messages using (true);
create policy "public updates" on public.messages for update to public using (id > 0);
