-- ~1 domain

ALTER DOMAIN public.d DROP DEFAULT;
