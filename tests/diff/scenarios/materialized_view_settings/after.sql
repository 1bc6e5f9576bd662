create table public.t (id int, body text);
create materialized view public.seen with (toast.autovacuum_enabled = on) as select id, body from public.t;
create index seen_id on public.seen (id);
alter materialized view public.seen alter column body set compression pglz;
alter materialized view public.seen alter column body set (n_distinct = -0.5);
alter materialized view public.seen alter column id set statistics 20;
alter materialized view public.seen cluster on seen_id;
