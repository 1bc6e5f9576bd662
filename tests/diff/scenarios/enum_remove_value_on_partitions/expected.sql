-- ~1 enum
--   rewrite: public.job is rewritten: state moves to the new public.state
--   may fail: fails when a row of public.job holds a value of state that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.state RENAME TO state__old;

CREATE TYPE public.state AS ENUM ('new', 'old');

ALTER TABLE public.job ALTER COLUMN state TYPE public.state USING state::text::public.state;

DROP TYPE public.state__old;
