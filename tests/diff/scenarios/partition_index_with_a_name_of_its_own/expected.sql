-- +1 index
--   lock: SHARE on public.m while every row is read
--   lock: SHARE on public.m_d while every row is read

SET lock_timeout = '5s';

CREATE INDEX m_v ON ONLY public.m (v);

CREATE INDEX own ON public.m_d (v) WITH (fillfactor = 50);

ALTER INDEX public.m_v ATTACH PARTITION public.own;
