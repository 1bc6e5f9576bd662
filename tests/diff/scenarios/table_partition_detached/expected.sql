-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.event while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.event DETACH PARTITION public.event_2026;
