-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.child briefly

SET lock_timeout = '5s';

ALTER TABLE public.child INHERIT public.base;
