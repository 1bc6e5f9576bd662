-- ~1 composite type

ALTER TYPE public.address ALTER ATTRIBUTE zip TYPE text CASCADE;
