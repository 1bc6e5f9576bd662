create table public.scenes (id bigint primary key);
alter table public.scenes enable row level security;
create policy p on public.scenes for select using (true);
create index on public.scenes (id);
create function f() returns void language sql as $$ select 1 $$;
create view v with (security_invoker) as select 1 as id;
-- file: 0002_a.sql
set lock_timeout to '3s';
alter table public.scenes add column a int;
-- file: 0003_b.sql
create index concurrently on public.scenes (a);
-- file: 0004_c.sql
grant select on public.scenes to anon;
update public.scenes set a = 1 where id = 1;
