-- ~1 domain

ALTER DOMAIN public.d SET DEFAULT 2;
