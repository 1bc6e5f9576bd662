-- ~1 collation
--   lock: ACCESS EXCLUSIVE on public.note briefly

SET lock_timeout = '5s';

ALTER COLLATION public.plain RENAME TO plain__old_2;

CREATE COLLATION public.plain (provider = builtin, locale = 'C.UTF-8');

ALTER TABLE public.note ALTER COLUMN body TYPE text COLLATE public.plain;

DROP COLLATION public.plain__old_2;
