-- ~1 domain
--   may fail: d_high fails when a column of public.d holds a violating value

ALTER DOMAIN public.d ADD CONSTRAINT d_high CHECK (VALUE < 100);
