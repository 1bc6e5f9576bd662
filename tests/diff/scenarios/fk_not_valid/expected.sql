-- +1 constraint
--   lock: SHARE ROW EXCLUSIVE on public.a briefly
--   lock: SHARE ROW EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES public.a(id) NOT VALID;
