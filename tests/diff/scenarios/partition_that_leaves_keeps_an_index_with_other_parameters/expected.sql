-- +1 comment, ~1 table, ~2 indexes
--   lock: ACCESS EXCLUSIVE on public.ix_mine briefly
--   lock: ACCESS EXCLUSIVE on public.p while every row is read

SET lock_timeout = '5s';

ALTER INDEX public.p1_a_idx RENAME TO ix_mine;

ALTER TABLE public.p DETACH PARTITION public.p1;

ALTER INDEX public.ix_mine SET (fillfactor = 60);

COMMENT ON INDEX public.ix_mine IS 'x';
