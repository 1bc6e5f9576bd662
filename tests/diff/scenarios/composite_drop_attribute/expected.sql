-- ~1 composite type
--   data loss: attribute zip of public.address is dropped with its values

ALTER TYPE public.address DROP ATTRIBUTE zip CASCADE;
