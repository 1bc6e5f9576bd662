-- −1 enum, −1 sequence, −2 tables, −1 rule, −1 policy, −1 view, −1 publication, −1 published table
--   incompatible: code that reads public.v breaks
--   data loss: table public.m is dropped with its rows
--   incompatible: code that reads public.m breaks
--   data loss: table public.ma is dropped with its rows
--   incompatible: code that reads public.ma breaks
--   data loss: sequence public.sq is dropped with its current value
--   lock: ACCESS EXCLUSIVE on public.k briefly

SET lock_timeout = '5s';

DROP PUBLICATION pub;

DROP VIEW public.v;

DROP POLICY p ON public.k;

DROP RULE r ON public.k;

DROP TABLE public.m;

DROP SEQUENCE public.sq;

DROP TYPE public.st;
