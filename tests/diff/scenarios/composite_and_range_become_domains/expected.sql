-- +2 domains, ~1 column, −1 composite type, −1 range type
--   incompatible: code that uses public.t.g breaks
--   rewrite: public.t is rewritten: r public.r becomes text
--   rewrite: public.t is rewritten: x public.x becomes text
--   rewrite: public.t is rewritten: x text becomes public.x
--   may fail: fails when a value of public.t.x does not fit public.x
--   rewrite: public.t is rewritten: r text becomes public.r
--   may fail: fails when a value of public.t.r does not fit public.r
--   rewrite: public.t is rewritten: every row gets its own value of g

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP COLUMN g,
    ALTER COLUMN r TYPE text,
    ALTER COLUMN x TYPE text;

DROP TYPE public.r;

DROP TYPE public.x;

CREATE DOMAIN public.r AS text;

CREATE DOMAIN public.x AS text;

ALTER TABLE public.t
    ALTER COLUMN x TYPE public.x,
    ALTER COLUMN r TYPE public.r,
    ADD COLUMN g text GENERATED ALWAYS AS (x) STORED;
