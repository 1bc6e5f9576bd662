-- +1 table, ~1 constraint
--   may fail: p_k fails when public.p holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public."Own" briefly
--   lock: ACCESS EXCLUSIVE on public.p while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.p
    DROP CONSTRAINT p_k,
    ADD CONSTRAINT p_k PRIMARY KEY (k, id);

CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (10);

ALTER TABLE public.p1 RENAME CONSTRAINT p1_pkey TO "Own";

ALTER INDEX public."Own" SET (fillfactor = 50);
