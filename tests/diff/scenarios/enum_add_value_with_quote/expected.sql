-- ~1 enum

ALTER TYPE public.mood ADD VALUE 'it''s fine';
