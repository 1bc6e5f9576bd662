-- +1 table, ~4 triggers
--   lock: ACCESS EXCLUSIVE on public.pt briefly
--   lock: SHARE ROW EXCLUSIVE on public.pt1 briefly
--   lock: SHARE ROW EXCLUSIVE on public.pt11 briefly

SET lock_timeout = '5s';

DROP TRIGGER a ON public.pt;

CREATE TRIGGER a AFTER INSERT OR DELETE ON public.pt FOR EACH ROW EXECUTE FUNCTION public.tf();

ALTER TABLE public.pt1 ENABLE ALWAYS TRIGGER b;

ALTER TABLE public.pt11 ENABLE TRIGGER b;

CREATE TABLE public.pt12 PARTITION OF public.pt1 FOR VALUES FROM (9) TO (19);

ALTER TABLE public.pt12
    ENABLE REPLICA TRIGGER a,
    ENABLE TRIGGER b;
