-- ~3 indexes
--   lock: ACCESS EXCLUSIVE on public.m_d_lower_idx briefly
--   lock: ACCESS EXCLUSIVE on public.mine briefly

SET lock_timeout = '5s';

ALTER INDEX public.m_d_v_idx RENAME TO mine;

ALTER INDEX public.m_d_lower_idx ALTER COLUMN 1 SET STATISTICS 77;

ALTER INDEX public.mine SET (fillfactor = 60);
