-- ~1 enum

ALTER TYPE public.mood RENAME TO feeling;
