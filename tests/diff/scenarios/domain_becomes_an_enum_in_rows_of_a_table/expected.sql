-- +1 enum, −1 domain
--   rewrite: public.t is rewritten: y public.u becomes text
--   rewrite: public.t is rewritten: x public.x becomes text
--   rewrite: public.u is rewritten: x public.x becomes text
--   rewrite: public.t is rewritten: x text becomes public.x
--   may fail: fails when a value of public.t.x does not fit public.x
--   may fail: t_x_key fails when public.t holds a duplicate
--   rewrite: public.u is rewritten: x text becomes public.x
--   may fail: fails when a value of public.u.x does not fit public.x
--   rewrite: public.t is rewritten: y text becomes public.u

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN y TYPE text,
    DROP CONSTRAINT t_x_key,
    ALTER COLUMN x TYPE text;

ALTER TABLE public.u ALTER COLUMN x TYPE text;

DROP DOMAIN public.x;

CREATE TYPE public.x AS ENUM ('a', 'b');

ALTER TABLE public.t
    ALTER COLUMN x TYPE public.x USING x::public.x,
    ADD CONSTRAINT t_x_key UNIQUE (x);

ALTER TABLE public.u ALTER COLUMN x TYPE public.x USING x::public.x;

ALTER TABLE public.t ALTER COLUMN y TYPE public.u USING y::public.u;
