-- ~1 enum
--   rewrite: public.person is rewritten: via moves to the new public.vias
--   may fail: fails when a row of public.person holds a value of via that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.via RENAME TO via__old;

ALTER TYPE public.vias RENAME TO vias__old;

CREATE TYPE public.via AS ENUM ('mail', 'sms');

CREATE DOMAIN public.vias AS public.via[]
    CONSTRAINT vias_check CHECK (cardinality(VALUE) < 3);

ALTER TABLE public.person ALTER COLUMN via TYPE public.vias USING via::text::public.vias;

DROP DOMAIN public.vias__old;

DROP TYPE public.via__old;
