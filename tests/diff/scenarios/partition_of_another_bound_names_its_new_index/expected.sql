-- ~1 table, ~1 index
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: ACCESS EXCLUSIVE on public.p1 briefly

SET lock_timeout = '5s';

ALTER TABLE public.p DETACH PARTITION public.p1;

DROP INDEX public.own_name;

DROP INDEX public.p_w;

CREATE INDEX p_w ON public.p (w, id);

ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES FROM (0) TO (20);

ALTER INDEX public.p1_w_id_idx RENAME TO own_name;
