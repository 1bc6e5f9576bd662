-- ~1 index
--   lock: ACCESS EXCLUSIVE on public.t_a briefly

SET lock_timeout = '5s';

ALTER INDEX public.t_a ALTER COLUMN 1 SET STATISTICS 200;
