-- ~1 composite type
--   rewrite: public.t is rewritten: c moves to the new public.price
--   rewrite: public.t is rewritten: cs moves to the new public.price[]
--   data loss: attribute amount of public.price loses digits after the point: numeric(10,4) becomes numeric(10,2)

SET lock_timeout = '5s';

ALTER TYPE public.price RENAME TO price__old;

CREATE TYPE public.price AS (
    amount numeric(10,2),
    currency text
);

ALTER TABLE public.t
    ALTER COLUMN c TYPE public.price USING c::text::public.price,
    ALTER COLUMN cs TYPE public.price[] USING cs::text[]::public.price[];

DROP TYPE public.price__old;
