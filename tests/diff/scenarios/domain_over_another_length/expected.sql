-- ~1 domain
--   rewrite: public.t is rewritten: a moves to the new public.amount
--   may fail: fails when a row of public.t holds a value of a that no longer exists
--   rewrite: public.t is rewritten: b moves to the new public.amount[]
--   may fail: fails when a row of public.t holds a value of b that no longer exists
--   rewrite: public.t is rewritten: c moves to the new public.amounts
--   may fail: fails when a row of public.t holds a value of c that no longer exists

SET lock_timeout = '5s';

ALTER TYPE public.amount RENAME TO amount__old;

ALTER TYPE public.amounts RENAME TO amounts__old;

CREATE DOMAIN public.amount AS character varying(3);

CREATE DOMAIN public.amounts AS public.amount[];

ALTER TABLE public.t
    ALTER COLUMN a TYPE public.amount USING CASE WHEN length(a::character varying(9)) > 3 THEN a::character varying(9) || '.' ELSE a::character varying(9) END,
    ALTER COLUMN b TYPE public.amount[] USING CASE WHEN b::character varying(9)[]::character varying(3)[]::text[] <> b::character varying(9)[]::text[] THEN b::character varying(9)[] || repeat('.', 4) ELSE b::character varying(9)[] END,
    ALTER COLUMN c TYPE public.amounts USING CASE WHEN c::character varying(9)[]::character varying(3)[]::text[] <> c::character varying(9)[]::text[] THEN c::character varying(9)[] || repeat('.', 4) ELSE c::character varying(9)[] END;

DROP DOMAIN public.amounts__old;

DROP DOMAIN public.amount__old;
