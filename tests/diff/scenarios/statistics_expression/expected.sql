-- +1 statistics object
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE STATISTICS public.t_e ON (a % 10), (a / 10) FROM public.t;
