-- +1 constraint
--   may fail: booking_overlap fails when public.booking holds a conflicting row
--   lock: ACCESS EXCLUSIVE on public.booking while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.booking ADD CONSTRAINT booking_overlap EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room IS NOT NULL);
