create table public.scenes (id bigint primary key, owner_id uuid not null);
alter table public.scenes enable row level security;
create policy "read" on public.scenes for select to authenticated
  using (
    owner_id = auth.uid()
  );
create policy "write" on public.scenes for insert to authenticated
  with check ((auth.jwt() ->> 'aal') = 'aal2');
create policy "tenant" on public.scenes for update to authenticated
  using (owner_id = current_setting('app.owner')::uuid);
-- file: 0002_block.sql
do $$
begin
  create policy "late" on public.scenes for delete to authenticated using (auth.uid() = owner_id);
end
$$;
