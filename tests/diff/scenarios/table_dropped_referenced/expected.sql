-- −1 table, −1 constraint
--   data loss: table public.a is dropped with its rows
--   incompatible: code that reads public.a breaks
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b DROP CONSTRAINT b_a_id_fkey;

DROP TABLE public.a;
