-- +1 column
--   rewrite: public.t is rewritten: every row gets its own value of u

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN u uuid NOT NULL DEFAULT gen_random_uuid();
