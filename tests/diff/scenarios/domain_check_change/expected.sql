-- ~1 domain
--   may fail: d_check fails when a column of public.d holds a violating value

ALTER DOMAIN public.d DROP CONSTRAINT d_check;

ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK (VALUE > 10);
