-- ~1 trigger
--   lock: SHARE ROW EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ENABLE ALWAYS TRIGGER tr;
