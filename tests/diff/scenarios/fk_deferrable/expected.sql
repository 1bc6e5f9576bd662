-- ~1 constraint
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b ALTER CONSTRAINT b_a_id_fkey DEFERRABLE INITIALLY DEFERRED;
