-- +1 enum, +2 columns
--   rewrite: public.t is rewritten: public.code may refuse a value of a
--   incompatible: code that inserts into public.t without b breaks

SET lock_timeout = '5s';

CREATE TYPE public.mood AS ENUM ('calm');

ALTER TABLE public.t ADD COLUMN a public.code;

UPDATE public.t SET a = 'x';

ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;

ALTER TABLE public.t ADD COLUMN b public.mood NOT NULL DEFAULT 'calm';

ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
