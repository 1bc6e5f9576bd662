-- −1 column
--   data loss: column public.t.note is dropped with its values
--   incompatible: code that uses public.t.note breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t DROP COLUMN note;
