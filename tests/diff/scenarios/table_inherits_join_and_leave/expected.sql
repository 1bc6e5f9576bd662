-- +1 column, ~2 tables
--   may fail: note_ok fails when public.two holds a violating row
--   lock: ACCESS EXCLUSIVE on public.base briefly
--   lock: ACCESS EXCLUSIVE on public.one briefly
--   lock: ACCESS EXCLUSIVE on public.two while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.one NO INHERIT public.base;

ALTER TABLE public.one DROP CONSTRAINT note_ok;

ALTER TABLE public.two ADD CONSTRAINT note_ok CHECK (note <> ''::text);

ALTER TABLE public.two INHERIT public.base;

ALTER TABLE public.base ADD COLUMN more integer DEFAULT 4;
