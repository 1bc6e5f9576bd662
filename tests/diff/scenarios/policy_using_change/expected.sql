-- ~1 policy
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER POLICY p ON public.t
    USING (owner = (( SELECT auth.uid() AS uid)) OR owner IS NULL);
