-- +1 column
--   rewrite: public.t is rewritten: every row gets its own value of upper_a

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN upper_a text GENERATED ALWAYS AS (upper(a)) STORED;
