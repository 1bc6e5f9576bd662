-- ~1 composite type

ALTER TYPE public.address ADD ATTRIBUTE city text CASCADE;
