-- ~1 column
--   incompatible: code that uses the name public.t.label breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN label TO title;
