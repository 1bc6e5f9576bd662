-- ~1 column
--   incompatible: code that expects public.t.at as timestamp without time zone may break
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';
SET timezone = 'UTC';

ALTER TABLE public.t ALTER COLUMN at TYPE timestamp with time zone;
