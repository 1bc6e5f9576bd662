create table public.scenes (id bigint primary key);
create schema internal;
create table internal.jobs (id bigint primary key);
grant select on public.scenes to anon;
grant insert, update on public.scenes to authenticated, service_role;
grant insert on internal.jobs to anon;
grant usage on schema public to anon;
grant delete on public.scenes to anon;
-- file: 0002_repair.sql
revoke delete on public.scenes from anon;
