-- +1 published table
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER PUBLICATION supabase_realtime ADD TABLE public.t;
