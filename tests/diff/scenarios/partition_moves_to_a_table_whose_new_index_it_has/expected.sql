-- ~1 table, ~2 indexes, −1 index
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: ACCESS EXCLUSIVE on public.p1 while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.q while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.p DETACH PARTITION public.p1;

DROP INDEX public.p1_a_idx;

DROP INDEX public.p_a;

DROP INDEX public.p1_id_idx;

DROP INDEX public.p_i;

CREATE INDEX p_i ON public.p (id, a);

ALTER TABLE public.q ATTACH PARTITION public.p1 FOR VALUES FROM (0) TO (10);

CREATE INDEX p1_id_idx ON public.p1 (id);
