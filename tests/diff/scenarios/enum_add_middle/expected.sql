-- ~1 enum

ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';
