-- ~1 domain
--   may fail: fails when a column of public.d holds NULL

ALTER DOMAIN public.d SET NOT NULL;
