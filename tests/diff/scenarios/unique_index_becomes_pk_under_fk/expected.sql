-- +1 constraint, −1 index
--   may fail: box_pkey fails when public.box holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.box while every row is read
--   lock: ACCESS EXCLUSIVE on public.item briefly

SET lock_timeout = '5s';

ALTER TABLE public.item DROP CONSTRAINT item_box_id_fkey;

DROP INDEX public.box_id;

ALTER TABLE public.box ADD CONSTRAINT box_pkey PRIMARY KEY (id);

ALTER TABLE public.item ADD CONSTRAINT item_box_id_fkey FOREIGN KEY (box_id) REFERENCES public.box(id) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: item_box_id_fkey fails when public.item holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.item while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.item VALIDATE CONSTRAINT item_box_id_fkey;
