create table public.scenes (id bigint primary key, owner_id uuid not null);
alter table public.scenes enable row level security;
create policy "read" on public.scenes for select to authenticated using (owner_id = (select auth.uid()));
create policy "write" on public.scenes for insert to authenticated
  with check (((select auth.jwt()) ->> 'aal') = 'aal2');
create policy "members" on public.scenes for select to authenticated
  using (exists (select from public.scenes s where s.owner_id = auth.uid()));
create policy "old" on public.scenes for delete to authenticated using (auth.uid() = owner_id);
-- file: 0002_repair.sql
alter policy "old" on public.scenes using ((select auth.uid()) = owner_id);
