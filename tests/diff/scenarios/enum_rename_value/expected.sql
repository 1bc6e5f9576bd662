-- ~1 enum
--   incompatible: code that writes 'fine' breaks

ALTER TYPE public.mood RENAME VALUE 'fine' TO 'ok';
