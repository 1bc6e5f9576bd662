-- ~1 policy
--   incompatible: restrictive policy p narrows what authenticated reach in public.t
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP POLICY p ON public.t;

CREATE POLICY p ON public.t
    AS RESTRICTIVE
    FOR SELECT
    TO authenticated
    USING (true);
