-- ~1 column
--   rewrite: public.t is rewritten: mood text becomes public.mood
--   incompatible: code that expects public.t.mood as text may break
--   may fail: fails when a value of public.t.mood does not fit public.mood

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN mood DROP DEFAULT,
    ALTER COLUMN mood TYPE public.mood USING mood::public.mood,
    ALTER COLUMN mood SET DEFAULT 'ok'::public.mood;
