-- −2 columns, −2 constraints
--   data loss: column public.a.b_id is dropped with its values
--   incompatible: code that uses public.a.b_id breaks
--   data loss: column public.b.a_id is dropped with its values
--   incompatible: code that uses public.b.a_id breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.a
    DROP CONSTRAINT a_b_id_fkey,
    DROP COLUMN b_id;

ALTER TABLE public.b
    DROP CONSTRAINT b_a_id_fkey,
    DROP COLUMN a_id;
