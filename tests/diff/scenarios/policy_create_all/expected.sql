-- +4 policies
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE POLICY "Owners add rows" ON public.t
    FOR INSERT
    TO authenticated
    WITH CHECK ((( SELECT auth.uid() AS uid)) = owner);

CREATE POLICY "Owners change rows" ON public.t
    FOR UPDATE
    TO authenticated
    USING ((( SELECT auth.uid() AS uid)) = owner)
    WITH CHECK ((( SELECT auth.uid() AS uid)) = owner);

CREATE POLICY "Owners drop rows" ON public.t
    FOR DELETE
    TO authenticated
    USING ((( SELECT auth.uid() AS uid)) = owner);

CREATE POLICY "Owners see their rows" ON public.t
    FOR SELECT
    TO authenticated
    USING ((( SELECT auth.uid() AS uid)) = owner);
