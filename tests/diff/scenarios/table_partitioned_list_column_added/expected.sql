-- +1 column
--   lock: ACCESS EXCLUSIVE on public.event briefly

SET lock_timeout = '5s';

ALTER TABLE public.event ADD COLUMN note text;
