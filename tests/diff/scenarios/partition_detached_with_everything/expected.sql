-- ~1 table
--   lock: ACCESS EXCLUSIVE on public.m while every row is read
--   lock: ACCESS EXCLUSIVE on public.m1 briefly

SET lock_timeout = '5s';

ALTER TABLE public.m DETACH PARTITION public.m1;

DROP INDEX public.m1_o_idx;

ALTER TABLE public.m1 DROP CONSTRAINT m_o_fkey;
