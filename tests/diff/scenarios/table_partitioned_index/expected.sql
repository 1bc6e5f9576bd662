-- +1 index
--   lock: SHARE on public.event while every row is read

SET lock_timeout = '5s';

CREATE INDEX event_at ON public.event (at);
