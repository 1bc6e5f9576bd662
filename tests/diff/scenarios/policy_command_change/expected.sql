-- ~1 policy
--   rls widened: public.t: policy p lets authenticated reach every row
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP POLICY p ON public.t;

CREATE POLICY p ON public.t
    TO authenticated
    USING (true);
