-- +1 constraint
--   lock: SHARE ROW EXCLUSIVE on public.a briefly
--   lock: SHARE ROW EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES public.a(id) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: b_a_id_fkey fails when public.b holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b VALIDATE CONSTRAINT b_a_id_fkey;
