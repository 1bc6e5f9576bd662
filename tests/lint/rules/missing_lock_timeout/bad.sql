create trigger on_signup after insert on auth.users for each row execute function public.f();
-- file: 0002_a.sql
create index on public.scenes (title);
alter table public.scenes add column a int;
-- file: 0003_b.sql
drop policy p on public.scenes;
-- file: 0004_c.sql
alter table public.scenes add column b int;
set lock_timeout = '5s';
-- file: 0005_d.sql
alter table public.scenes rename to scenery;
-- file: 0006_e.sql
drop table if exists public.old cascade;
