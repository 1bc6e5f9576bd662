-- +1 column, ~1 table
--   lock: ACCESS EXCLUSIVE on public.reading while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.reading DETACH PARTITION public.reading_jan;

ALTER TABLE public.reading ADD COLUMN unit text;
