-- ~1 row level security
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t FORCE ROW LEVEL SECURITY;
