-- ~1 column
--   incompatible: code that uses the name public.t.qty breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN qty TO amount;
