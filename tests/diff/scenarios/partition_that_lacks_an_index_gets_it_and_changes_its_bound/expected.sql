-- +1 table, ~1 table, ~1 index
--   lock: ACCESS EXCLUSIVE on public.p while every row is read

SET lock_timeout = '5s';

ALTER INDEX public.p1_x RENAME TO p1_id_idx;

ALTER TABLE public.p DETACH PARTITION public.p2;

DROP INDEX public.p_k;

CREATE INDEX p_k ON public.p (id);

ALTER TABLE public.p ATTACH PARTITION public.p2 FOR VALUES FROM (20) TO (35);

CREATE TABLE public.p3 PARTITION OF public.p FOR VALUES FROM (40) TO (50);
