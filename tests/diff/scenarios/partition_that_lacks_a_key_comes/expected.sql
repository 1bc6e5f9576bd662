-- +1 table, ~1 constraint
--   may fail: p1_k fails when public.p1 holds a duplicate
--   may fail: px_id_k_key fails when public.px holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: ACCESS EXCLUSIVE on public.p1 while every row is read
--   lock: ACCESS EXCLUSIVE on public.px while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.p DROP CONSTRAINT p_k;

CREATE TABLE public.p2 PARTITION OF public.p FOR VALUES FROM (10) TO (20);

ALTER TABLE ONLY public.p ADD CONSTRAINT p_k UNIQUE (id, k);

ALTER TABLE public.p1 ADD CONSTRAINT p1_k UNIQUE (id, k);

ALTER INDEX public.p_k ATTACH PARTITION public.p1_k;

ALTER TABLE public.px ADD CONSTRAINT px_id_k_key UNIQUE (id, k);

ALTER INDEX public.p_k ATTACH PARTITION public.px_id_k_key;
