-- +1 column, +1 constraint
--   may fail: b_a_id_fkey fails when public.b holds a violating row
--   lock: SHARE ROW EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b
    ADD COLUMN a_id integer,
    ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES public.a(id);
