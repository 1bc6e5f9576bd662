-- ~1 table, ~1 index
--   lock: ACCESS EXCLUSIVE on public.r while every row is read
--   lock: ACCESS EXCLUSIVE on public.r2 briefly

SET lock_timeout = '5s';

ALTER TABLE public.r DETACH PARTITION public.r2;

DROP INDEX public.r2_v_idx;

DROP INDEX public.r_v_idx;

CREATE INDEX r_v_idx ON public.r (v DESC);

ALTER TABLE public.r ATTACH PARTITION public.r2 FOR VALUES FROM ('2026-02-01') TO ('2026-04-01');
