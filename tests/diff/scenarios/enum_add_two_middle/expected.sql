-- ~1 enum

ALTER TYPE public.mood ADD VALUE 'meh' AFTER 'sad';

ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'meh';
