-- −2 columns
--   data loss: column public.a.y is dropped with its values
--   incompatible: code that uses public.a.y breaks
--   data loss: column public.a.z is dropped with its values
--   incompatible: code that uses public.a.z breaks
--   data loss: column public.b.y is dropped with its values
--   incompatible: code that uses public.b.y breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE ONLY public.a
    DROP COLUMN y,
    DROP COLUMN z;

ALTER TABLE ONLY public.b DROP COLUMN y;
