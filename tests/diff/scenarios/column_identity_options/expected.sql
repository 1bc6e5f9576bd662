-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN id SET INCREMENT BY 10 SET START WITH 100 SET CACHE 5;
