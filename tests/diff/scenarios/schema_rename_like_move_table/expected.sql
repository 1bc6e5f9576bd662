-- ~1 table
--   incompatible: code that uses the name public.t breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t SET SCHEMA app;
