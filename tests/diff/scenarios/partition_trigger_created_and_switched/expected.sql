-- +1 table, +1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.m briefly
--   lock: SHARE ROW EXCLUSIVE on public.m_d briefly

SET lock_timeout = '5s';

CREATE TRIGGER tr AFTER UPDATE ON public.m FOR EACH ROW EXECUTE FUNCTION public.f();

ALTER TABLE public.m_d ENABLE ALWAYS TRIGGER tr;

CREATE TABLE public.m_e PARTITION OF public.m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

ALTER TABLE public.m_e DISABLE TRIGGER tr;
