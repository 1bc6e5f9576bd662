-- +1 row level security
--   incompatible: rows of public.t are only seen through its policies from now on
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
