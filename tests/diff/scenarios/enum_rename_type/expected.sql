-- ~1 enum
--   incompatible: code that uses the name public.mood breaks

ALTER TYPE public.mood RENAME TO feeling;
