-- ~1 composite type, ~1 table, ~1 column
--   incompatible: code that uses the name public.t.name breaks
--   incompatible: code that uses name of public.w breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t NOT OF;

ALTER TABLE public.t RENAME COLUMN name TO title;

ALTER TYPE public.w RENAME ATTRIBUTE name TO title CASCADE;

ALTER TABLE public.t OF public.w;
