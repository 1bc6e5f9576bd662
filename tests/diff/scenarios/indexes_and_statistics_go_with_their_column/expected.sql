-- −1 column, −3 indexes, −1 statistics object, −1 function
--   data loss: column public.t.a is dropped with its values
--   incompatible: code that uses public.t.a breaks
--   incompatible: code that calls public.f(integer) breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t DROP COLUMN a;

DROP FUNCTION public.f(integer);
