-- ~1 view
--   lock: ACCESS EXCLUSIVE on public.v briefly

SET lock_timeout = '5s';

ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 'x'::text;
