-- ~1 collation
--   lock: ACCESS EXCLUSIVE on public.note while every row is read

SET lock_timeout = '5s';

DROP VIEW public.notes;

DROP INDEX public.note_body;

ALTER COLLATION public.plain RENAME TO plain__old;

CREATE COLLATION public.plain (provider = builtin, locale = 'C.UTF-8');

ALTER TABLE public.note
    ALTER COLUMN body TYPE text COLLATE public.plain,
    ALTER COLUMN more TYPE text COLLATE public.plain;

DROP COLLATION public.plain__old;

CREATE INDEX note_body ON public.note (body);

CREATE VIEW public.notes AS
SELECT body
   FROM public.note;
