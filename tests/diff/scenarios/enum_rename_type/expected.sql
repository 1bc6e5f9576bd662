-- +1 enum, ~1 column, −1 enum
--   rewrite: public.t is rewritten: mood public.mood becomes public.feeling
--   incompatible: code that expects public.t.mood as public.mood may break
--   may fail: fails when a value of public.t.mood does not fit public.feeling

SET lock_timeout = '5s';

CREATE TYPE public.feeling AS ENUM ('sad', 'ok', 'happy');

ALTER TABLE public.t ALTER COLUMN mood TYPE public.feeling USING mood::text::public.feeling;

DROP TYPE public.mood;
