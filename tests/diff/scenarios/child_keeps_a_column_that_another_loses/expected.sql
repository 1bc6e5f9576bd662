-- −2 columns
--   data loss: column public.stamp.note is dropped with its values
--   incompatible: code that uses public.stamp.note breaks
--   data loss: column public.call.note is dropped with its values
--   incompatible: code that uses public.call.note breaks
--   data loss: column public.stamp.n is dropped with its values
--   incompatible: code that uses public.stamp.n breaks
--   lock: ACCESS EXCLUSIVE on public.call briefly
--   lock: ACCESS EXCLUSIVE on public.stamp briefly

SET lock_timeout = '5s';

ALTER TABLE ONLY public.stamp DROP COLUMN note;

ALTER TABLE public.call DROP COLUMN note;

ALTER TABLE public.stamp DROP COLUMN n;
