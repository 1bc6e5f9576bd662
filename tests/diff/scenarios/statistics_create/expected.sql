-- +1 statistics object
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE STATISTICS public.t_ab (ndistinct, dependencies) ON a, b FROM public.t;
