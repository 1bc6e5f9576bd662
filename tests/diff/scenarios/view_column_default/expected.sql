-- ~1 view

ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 'x'::text;
