-- −1 enum, −2 tables, −1 function, −1 view, −1 materialized view
--   incompatible: code that reads public.m breaks
--   incompatible: code that reads public.v breaks
--   data loss: table public.b is dropped with its rows
--   incompatible: code that reads public.b breaks
--   data loss: table public.a is dropped with its rows
--   incompatible: code that reads public.a breaks
--   incompatible: code that calls public.tf() breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly

SET lock_timeout = '5s';

DROP MATERIALIZED VIEW public.m;

DROP VIEW public.v;

DROP POLICY p ON public.a;

DROP TABLE public.b;

DROP TABLE public.a;

DROP FUNCTION public.tf();

DROP TYPE public.mood;
