-- +1 table setting, ~1 materialized view
--   lock: ACCESS EXCLUSIVE on public.seen briefly

SET lock_timeout = '5s';

ALTER MATERIALIZED VIEW public.seen SET (toast.autovacuum_enabled = on);

ALTER MATERIALIZED VIEW public.seen ALTER COLUMN body SET STORAGE EXTENDED;

ALTER MATERIALIZED VIEW public.seen ALTER COLUMN id SET STATISTICS 20;

ALTER MATERIALIZED VIEW public.seen ALTER COLUMN body SET COMPRESSION pglz;

ALTER MATERIALIZED VIEW public.seen ALTER COLUMN body SET (n_distinct = '-0.5');

ALTER TABLE public.seen CLUSTER ON seen_id;
