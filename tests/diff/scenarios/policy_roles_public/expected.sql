-- ~1 policy
--   rls widened: public.t: policy p now also serves PUBLIC
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER POLICY p ON public.t
    TO PUBLIC;
