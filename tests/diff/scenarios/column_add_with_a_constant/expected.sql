-- +3 columns
--   incompatible: code that inserts into public.t without state breaks
--   incompatible: code that inserts into public.t without at breaks
--   incompatible: code that inserts into public.t without tags breaks
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN state text NOT NULL DEFAULT 'new';

ALTER TABLE public.t ALTER COLUMN state DROP DEFAULT;

ALTER TABLE public.t ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

ALTER TABLE public.t ALTER COLUMN at DROP DEFAULT;

ALTER TABLE public.t ADD COLUMN tags text[] NOT NULL DEFAULT ARRAY['a']::text[];

ALTER TABLE public.t ALTER COLUMN tags DROP DEFAULT;
