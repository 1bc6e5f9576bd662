-- ~1 view
--   lock: ACCESS EXCLUSIVE on public.v briefly

SET lock_timeout = '5s';

CREATE OR REPLACE VIEW public.v AS
SELECT id,
    a
   FROM public.t
  WHERE id > 10;
