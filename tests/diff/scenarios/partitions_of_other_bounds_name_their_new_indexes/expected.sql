-- ~2 tables, ~1 index
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: ACCESS EXCLUSIVE on public.p1 while every row is read
--   lock: ACCESS EXCLUSIVE on public.p1a briefly

SET lock_timeout = '5s';

ALTER TABLE public.p DETACH PARTITION public.p1;

ALTER TABLE public.p1 DETACH PARTITION public.p1a;

DROP INDEX public."Own one";

DROP INDEX public.p1_w_idx;

DROP INDEX public.p_w;

CREATE INDEX p_w ON public.p (lower(w));

ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES FROM (0) TO (20);

ALTER TABLE public.p1 ATTACH PARTITION public.p1a FOR VALUES IN (1, 2, 3);

ALTER INDEX public.p1a_lower_idx RENAME TO "Own one";
