-- ~1 table, ~1 index
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: SHARE on public.p1 while every row is read

SET lock_timeout = '5s';

DROP INDEX public.p_k;

ALTER TABLE public.p ATTACH PARTITION public.p2 FOR VALUES FROM (10) TO (20);

CREATE INDEX p_k ON ONLY public.p (id);

CREATE INDEX p1_x ON public.p1 (id);

ALTER INDEX public.p_k ATTACH PARTITION public.p1_x;
