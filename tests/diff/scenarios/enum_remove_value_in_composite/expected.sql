-- ~1 enum
--   rewrite: public.person is rewritten: pref moves to the new public.pref
--   may fail: fails when a row of public.person holds a value of pref that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.via RENAME TO via__old;

ALTER TYPE public.pref RENAME TO pref__old;

CREATE TYPE public.via AS ENUM ('mail', 'sms');

CREATE TYPE public.pref AS (
    via public.via,
    hour integer
);

ALTER TABLE public.person ALTER COLUMN pref TYPE public.pref USING pref::text::public.pref;

DROP TYPE public.pref__old;

DROP TYPE public.via__old;
