-- ~2 columns
--   incompatible: code that uses the name public.t.b breaks
--   incompatible: code that uses the name public.t.a breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME COLUMN b TO c;

ALTER TABLE public.t RENAME COLUMN a TO b;
