create table public.t (id integer primary key, owner uuid);
alter table public.t enable row level security;
create policy "Owners see their rows" on public.t for select to authenticated using ((select auth.uid()) = owner);
create policy "Owners add rows" on public.t for insert to authenticated with check ((select auth.uid()) = owner);
create policy "Owners change rows" on public.t for update to authenticated using ((select auth.uid()) = owner) with check ((select auth.uid()) = owner);
create policy "Owners drop rows" on public.t for delete to authenticated using ((select auth.uid()) = owner);
