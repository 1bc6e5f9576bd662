-- ~1 table, −1 view
--   incompatible: code that uses the name public.b breaks
--   incompatible: code that uses the name public.a breaks
--   incompatible: code that reads public.b breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

ALTER VIEW public.b RENAME TO b_old;

ALTER TABLE public.a RENAME TO b;

DROP VIEW public.b_old;
