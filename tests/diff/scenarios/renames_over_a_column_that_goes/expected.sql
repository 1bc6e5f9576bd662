-- ~1 column, −1 column
--   incompatible: code that uses the name public.t.b breaks
--   incompatible: code that uses the name public.t.a breaks
--   data loss: column public.t.b is dropped with its values
--   incompatible: code that uses public.t.b breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN b TO b_old;

ALTER TABLE public.t RENAME COLUMN a TO b;

ALTER TABLE public.t DROP COLUMN b_old;
