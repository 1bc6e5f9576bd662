-- +1 constraint, +1 index
--   may fail: x2 fails when public.t holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t while every row is read
--   lock: SHARE on public.t_a while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t ADD CONSTRAINT x2 UNIQUE (id) DEFERRABLE;

CREATE INDEX y2 ON ONLY public.t (id) WHERE v > 1;

CREATE INDEX t_a_id_idx1 ON public.t_a (id) WHERE v > 1;

ALTER INDEX public.y2 ATTACH PARTITION public.t_a_id_idx1;
