-- ~2 indexes, −2 columns
--   data loss: column public.p.a is dropped with its values
--   incompatible: code that uses public.p.a breaks
--   data loss: column public.t.a is dropped with its values
--   incompatible: code that uses public.t.a breaks
--   lock: ACCESS EXCLUSIVE on public.p while every row is read
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.p DROP COLUMN a;

ALTER TABLE public.t DROP COLUMN a;

CREATE INDEX p_a ON public.p (b);

CREATE INDEX i ON public.t (b);
