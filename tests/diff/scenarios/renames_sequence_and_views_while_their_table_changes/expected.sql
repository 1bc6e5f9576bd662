-- +1 schema, +1 index, ~2 sequences, ~2 columns, ~1 view, ~2 materialized views, −1 index
--   incompatible: code that uses the name public.counter breaks
--   incompatible: code that uses the name public.w breaks
--   incompatible: code that uses the name public.mv breaks
--   rewrite: public.t is rewritten: id integer becomes bigint
--   incompatible: code that expects public.t.id as integer may break
--   rewrite: public.t is rewritten: a text becomes character varying(20)
--   incompatible: code that expects public.t.a as text may break
--   may fail: fails when a value of public.t.a does not fit character varying(20)

SET lock_timeout = '5s';

CREATE SCHEMA nums;

ALTER SEQUENCE public.counter SET SCHEMA nums;

ALTER SEQUENCE nums.counter RENAME TO ticks;

ALTER VIEW public.w RENAME TO ww;

ALTER MATERIALIZED VIEW public.mv SET SCHEMA nums;

ALTER MATERIALIZED VIEW nums.mv RENAME TO stats;

DROP VIEW public.ww;

DROP MATERIALIZED VIEW nums.stats;

DROP INDEX public.i_a;

ALTER SEQUENCE nums.ticks INCREMENT BY 5;

ALTER TABLE public.t
    ALTER COLUMN id DROP DEFAULT,
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN id SET DEFAULT nextval('nums.ticks'::regclass),
    ALTER COLUMN a TYPE character varying(20) USING CASE WHEN length(a) > 20 THEN a || '.' ELSE a END;

CREATE INDEX i_a2 ON public.t (a DESC);

CREATE MATERIALIZED VIEW nums.stats AS
SELECT a,
    count(*) AS n,
    max(id) AS last
   FROM public.t
  GROUP BY a;

CREATE UNIQUE INDEX mv_a ON nums.stats (a);

CREATE VIEW public.ww AS
SELECT a,
    n
   FROM nums.stats;
