-- +1 sequence, ~4 columns
--   rewrite: public.a is rewritten: k text becomes bigint
--   incompatible: code that expects public.a.k as text may break
--   may fail: fails when a value of public.a.k does not fit bigint
--   rewrite: public.p is rewritten: k character varying(20) becomes bigint
--   incompatible: code that expects public.p.k as character varying(20) may break
--   may fail: fails when a value of public.p.k does not fit bigint
--   lock: ACCESS EXCLUSIVE on public.c briefly
--   lock: ACCESS EXCLUSIVE on public.p2 briefly

SET lock_timeout = '5s';

CREATE SEQUENCE public.s;

ALTER TABLE public.a
    ALTER COLUMN k DROP DEFAULT,
    ALTER COLUMN k TYPE bigint USING k::bigint;

ALTER TABLE public.c ALTER COLUMN k SET DEFAULT 7;

ALTER TABLE public.p
    ALTER COLUMN k DROP DEFAULT,
    ALTER COLUMN k TYPE bigint USING k::bigint,
    ALTER COLUMN k SET DEFAULT nextval('public.s'::regclass);

SELECT setval('public.s', max(k)) FROM public.p HAVING max(k) >= 1;

ALTER TABLE public.p2 ALTER COLUMN k DROP DEFAULT;
