create table public.scenes (id bigint primary key, owner_id uuid not null unique, is_public boolean, tenant text);
alter table public.scenes enable row level security;
create policy "read" on public.scenes for select to authenticated using (owner_id = (select auth.uid()));
create policy "public" on public.scenes for select to anon using (is_public = true);
create policy "write" on public.scenes for insert to authenticated with check (tenant = (select auth.email()));
create policy "own row" on public.scenes for update to authenticated using (id = (select auth.jwt() ->> 'n')::bigint);
