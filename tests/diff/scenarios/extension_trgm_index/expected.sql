-- +1 extension, +1 index
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

CREATE INDEX t_label_trgm ON public.t USING gin (label extensions.gin_trgm_ops);
