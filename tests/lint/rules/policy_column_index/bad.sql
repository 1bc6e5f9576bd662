create table public.scenes (id bigint primary key, owner_id uuid not null, tenant text);
alter table public.scenes enable row level security;
create policy "read" on public.scenes for select to authenticated using (owner_id = (select auth.uid()));
create policy "tenant" on public.scenes for select to authenticated
  using (((select auth.jwt()) ->> 'tenant')::text = tenant::text or owner_id = (select auth.uid()));
