-- ~1 enum
--   rewrite: public.t is rewritten: mood moves to the new public.mood
--   may fail: fails when a row of public.t holds a value of mood that no longer exists

SET lock_timeout = '5s';

DROP VIEW public.v;

DROP INDEX public.t_mood;

ALTER TYPE public.mood RENAME TO mood__old;

CREATE TYPE public.mood AS ENUM ('sad', 'ok');

ALTER TABLE public.t ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;

DROP TYPE public.mood__old;

CREATE INDEX t_mood ON public.t (mood) WHERE mood = 'ok'::public.mood;

CREATE VIEW public.v WITH (security_invoker = true) AS
SELECT id,
    mood
   FROM public.t;
