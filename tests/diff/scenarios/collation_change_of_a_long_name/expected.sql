-- ~1 collation
--   lock: ACCESS EXCLUSIVE on public.note briefly

SET lock_timeout = '5s';

ALTER COLLATION public."éééééééééééééééééééééééééééééééa" RENAME TO "éééééééééééééééééééééééééééééé_2";

CREATE COLLATION public."éééééééééééééééééééééééééééééééa" (provider = builtin, locale = 'C.UTF-8');

ALTER TABLE public.note ALTER COLUMN body TYPE text COLLATE public."éééééééééééééééééééééééééééééééa";

DROP COLLATION public."éééééééééééééééééééééééééééééé_2";
