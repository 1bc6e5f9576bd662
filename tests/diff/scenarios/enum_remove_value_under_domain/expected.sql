-- ~1 enum
--   rewrite: public.fruit is rewritten: k moves to the new public.hd
--   may fail: fails when a row of public.fruit holds a value of k that no longer exists
--   rewrite: public.fruit is rewritten: p moves to the new public.pair
--   may fail: fails when a row of public.fruit holds a value of p that no longer exists
--   rewrite: public.fruit is rewritten: q moves to the new public.hue[]
--   may fail: fails when a row of public.fruit holds a value of q that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.hue RENAME TO hue__old;

ALTER TYPE public.pair RENAME TO pair__old;

ALTER TYPE public.hd RENAME TO hd__old;

CREATE TYPE public.hue AS ENUM ('a', 'b');

CREATE TYPE public.pair AS (
    h public.hue,
    n text
);

CREATE DOMAIN public.hd AS public.hue;

ALTER TABLE public.fruit
    ALTER COLUMN k TYPE public.hd USING k::text::public.hd,
    ALTER COLUMN p TYPE public.pair USING p::text::public.pair,
    ALTER COLUMN q TYPE public.hue[] USING q::text[]::public.hue[];

DROP DOMAIN public.hd__old;

DROP TYPE public.pair__old;

DROP TYPE public.hue__old;
