create table public.t (id int, body text);
create materialized view public.seen with (toast.autovacuum_enabled = off) as select id, body from public.t;
create index seen_id on public.seen (id);
alter materialized view public.seen alter column body set storage external;
alter materialized view public.seen alter column id set statistics 10;
