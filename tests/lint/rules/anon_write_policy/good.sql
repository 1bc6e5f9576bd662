create table public.messages (id bigint primary key, author_id uuid not null);
alter table public.messages enable row level security;
create policy "read" on public.messages for select to anon using (true);
create policy "own" on public.messages for all using ((select auth.uid()) = author_id);
create policy "never" on public.messages for all to anon using (false);
create policy "limit" on public.messages as restrictive for insert to anon with check (true);
create policy "signed in" on public.messages for insert to authenticated with check (true);
create policy "gone" on public.messages for insert to anon with check (true);
-- file: 0002_repair.sql
drop policy "gone" on public.messages;
