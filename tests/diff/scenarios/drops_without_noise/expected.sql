-- −5 tables, −1 publication, −1 published table
--   data loss: table public.b is dropped with its rows
--   incompatible: code that reads public.b breaks
--   data loss: table public.a is dropped with its rows
--   incompatible: code that reads public.a breaks
--   data loss: table public.m is dropped with its rows
--   incompatible: code that reads public.m breaks
--   data loss: table public.m1 is dropped with its rows
--   incompatible: code that reads public.m1 breaks
--   data loss: table public.m11 is dropped with its rows
--   incompatible: code that reads public.m11 breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

DROP PUBLICATION pub;

ALTER TABLE public.a DROP CONSTRAINT a_b;

DROP TABLE public.b;

DROP TABLE public.a;

DROP TABLE public.m;
