-- ~1 view
--   lock: ACCESS EXCLUSIVE on public.v briefly

SET lock_timeout = '5s';

ALTER VIEW public.v SET (check_option = local, security_barrier = true);
