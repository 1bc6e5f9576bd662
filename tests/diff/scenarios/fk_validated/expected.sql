-- ~1 constraint
--   lock: SHARE UPDATE EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b VALIDATE CONSTRAINT b_a_id_fkey;
