-- +1 published table, ~1 grant, ~1 owner
--   incompatible: supabase_admin owns public.t from now on
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t OWNER TO supabase_admin;

ALTER PUBLICATION supabase_realtime ADD TABLE public.t;
