-- +1 enum, +2 columns
--   incompatible: code that inserts into public.t without b breaks
--   lock: ACCESS EXCLUSIVE on public.t while every row is rewritten

SET lock_timeout = '5s';

CREATE TYPE public.mood AS ENUM ('calm');

ALTER TABLE public.t ADD COLUMN a public.code;

UPDATE public.t SET a = 'x';

ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;

ALTER TABLE public.t ADD COLUMN b public.mood NOT NULL DEFAULT 'calm';

ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
