create table public.member (org integer, uid uuid, primary key (org, uid));
create table public.t (id integer primary key, org integer);
alter table public.t enable row level security;
create policy p on public.t for select to authenticated using (exists (select 1 from public.member m where m.org = t.org and m.uid = (select auth.uid())));
