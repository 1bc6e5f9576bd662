-- ~2 tables, ~2 constraints
--   incompatible: code that uses the name public.b breaks
--   incompatible: code that uses the name public.a breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b RENAME TO c;

ALTER TABLE public.a RENAME TO b;

ALTER TABLE public.c RENAME CONSTRAINT b_pkey TO c_pkey;

ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO b_pkey;
