-- +2 policies
--   rls widened: public.a: policy read lets PUBLIC reach every row
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

CREATE POLICY read ON public.a
    FOR SELECT
    USING (true);

CREATE POLICY read ON public.b
    FOR SELECT
    USING (id > 0);
