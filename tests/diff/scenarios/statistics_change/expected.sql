-- ~1 statistics object
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP STATISTICS public.t_ab;

CREATE STATISTICS public.t_ab (mcv) ON a, b FROM public.t;
