-- −1 column, −1 index, −1 function
--   incompatible: code that calls public.f(integer) breaks
--   data loss: column public.t.b is dropped with its values
--   incompatible: code that uses public.t.b breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP INDEX public.t_f;

DROP FUNCTION public.f(integer);

ALTER TABLE public.t DROP COLUMN b;
