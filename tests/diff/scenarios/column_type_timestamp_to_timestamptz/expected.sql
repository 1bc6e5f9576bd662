-- ~1 column
--   rewrite: public.t is rewritten: at timestamp without time zone becomes timestamp with time zone
--   incompatible: code that expects public.t.at as timestamp without time zone may break
--   may fail: fails when a value of public.t.at does not fit timestamp with time zone

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN at TYPE timestamp with time zone USING at AT TIME ZONE 'UTC';
