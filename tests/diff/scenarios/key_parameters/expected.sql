-- ~2 constraints
--   lock: ACCESS EXCLUSIVE on public.p_k_key briefly
--   lock: ACCESS EXCLUSIVE on public.p_pkey briefly

SET lock_timeout = '5s';

ALTER INDEX public.p_pkey RESET (fillfactor);

ALTER INDEX public.p_k_key SET (deduplicate_items = off, fillfactor = 70);
