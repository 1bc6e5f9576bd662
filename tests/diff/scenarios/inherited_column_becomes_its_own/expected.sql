-- −1 column
--   data loss: column public.stamp.note is dropped with its values
--   incompatible: code that uses public.stamp.note breaks
--   lock: ACCESS EXCLUSIVE on public.stamp briefly

SET lock_timeout = '5s';

ALTER TABLE ONLY public.stamp DROP COLUMN note;
