-- ~1 policy, −1 column
--   data loss: column public.t.owner is dropped with its values
--   incompatible: code that uses public.t.owner breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER POLICY p ON public.t
    USING (team = auth.uid());

ALTER TABLE public.t DROP COLUMN owner;
