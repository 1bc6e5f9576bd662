-- +1 domain, −1 enum
--   rewrite: public.k is rewritten: x public.x becomes text
--   rewrite: public.l is rewritten: x public.x becomes text
--   rewrite: public.p is rewritten: c public.c becomes text
--   rewrite: public.p is rewritten: d public.d becomes text
--   rewrite: public.k is rewritten: x text becomes public.x
--   may fail: fails when a value of public.k.x does not fit public.x
--   may fail: k_pkey fails when public.k holds a duplicate or missing key
--   rewrite: public.l is rewritten: x text becomes public.x
--   may fail: fails when a value of public.l.x does not fit public.x
--   rewrite: public.p is rewritten: c text becomes public.c
--   rewrite: public.p is rewritten: d text becomes public.d

SET lock_timeout = '5s';

ALTER TABLE public.l DROP CONSTRAINT l_x_fkey;

ALTER TABLE public.k
    DROP CONSTRAINT k_pkey,
    ALTER COLUMN x TYPE text;

ALTER TABLE public.l ALTER COLUMN x TYPE text;

ALTER TABLE public.p
    ALTER COLUMN c TYPE text,
    ALTER COLUMN d TYPE text;

DROP DOMAIN public.d;

DROP TYPE public.c;

DROP TYPE public.x;

CREATE DOMAIN public.x AS character varying(9);

CREATE TYPE public.c AS (
    x public.x,
    n integer
);

CREATE DOMAIN public.d AS public.c[];

ALTER TABLE public.k
    ALTER COLUMN x TYPE public.x USING CASE WHEN length(x) > 9 THEN x || '.' ELSE x END,
    ADD CONSTRAINT k_pkey PRIMARY KEY (x);

ALTER TABLE public.l
    ALTER COLUMN x TYPE public.x USING CASE WHEN length(x) > 9 THEN x || '.' ELSE x END,
    ADD CONSTRAINT l_x_fkey FOREIGN KEY (x) REFERENCES public.k(x) NOT VALID;

ALTER TABLE public.p
    ALTER COLUMN c TYPE public.c USING c::public.c,
    ALTER COLUMN d TYPE public.d USING d::public.d;

-- reads the existing rows, without blocking writes
--   may fail: l_x_fkey fails when public.l holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.l while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.l VALIDATE CONSTRAINT l_x_fkey;
