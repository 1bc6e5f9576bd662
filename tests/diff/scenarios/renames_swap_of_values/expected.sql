-- ~3 enums
--   incompatible: code that writes 'b' breaks
--   incompatible: code that writes 'a' breaks
--   rewrite: public.t is rewritten: e moves to the new public.e

SET lock_timeout = '5s';

ALTER TYPE public.e RENAME VALUE 'b' TO 'b_old';

ALTER TYPE public.e RENAME VALUE 'a' TO 'b';

ALTER TYPE public.e RENAME VALUE 'b_old' TO 'a';

ALTER TYPE public.e RENAME TO e__old;

CREATE TYPE public.e AS ENUM ('a', 'b');

ALTER TABLE public.t ALTER COLUMN e TYPE public.e USING e::text::public.e;

DROP TYPE public.e__old;
