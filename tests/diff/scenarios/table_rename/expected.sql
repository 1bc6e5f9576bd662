-- ~1 table
--   incompatible: code that uses the name public.customer breaks
--   lock: ACCESS EXCLUSIVE on public.customer briefly

SET lock_timeout = '5s';

ALTER TABLE public.customer RENAME TO client;
