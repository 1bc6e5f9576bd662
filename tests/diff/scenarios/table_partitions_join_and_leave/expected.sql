-- +1 column, +1 constraint, +1 index, ~3 tables, ~1 column, −1 column
--   data loss: column public.m.gone is dropped with its values
--   incompatible: code that uses public.m.gone breaks
--   data loss: column public.m3.gone is dropped with its values
--   incompatible: code that uses public.m3.gone breaks
--   rewrite: public.m is rewritten: v integer becomes bigint
--   incompatible: code that expects public.m.v as integer may break
--   rewrite: public.m2 is rewritten: v integer becomes bigint
--   incompatible: code that expects public.m2.v as integer may break
--   may fail: pos fails when public.m2 holds a violating row
--   rewrite: public.m3 is rewritten: v integer becomes bigint
--   incompatible: code that expects public.m3.v as integer may break
--   may fail: unit_ok fails when public.m holds a violating row
--   lock: ACCESS EXCLUSIVE on public.m1 briefly

SET lock_timeout = '5s';

ALTER TABLE public.m DETACH PARTITION public.m1;

DROP INDEX public.m1_v_idx;

ALTER TABLE public.m1 DROP CONSTRAINT pos;

ALTER TABLE public.m DETACH PARTITION public.m3;

ALTER TABLE public.m DROP COLUMN gone;

ALTER TABLE public.m3 DROP COLUMN gone;

ALTER TABLE public.m ALTER COLUMN v TYPE bigint;

ALTER TABLE public.m2
    ALTER COLUMN v TYPE bigint,
    ADD CONSTRAINT pos CHECK (v > 0);

ALTER TABLE public.m ATTACH PARTITION public.m2 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');

ALTER TABLE public.m3 ALTER COLUMN v TYPE bigint;

ALTER TABLE public.m ATTACH PARTITION public.m3 FOR VALUES FROM ('2022-01-01') TO ('2024-01-01');

ALTER TABLE public.m
    ADD COLUMN unit text NOT NULL DEFAULT 'kg'::text,
    ADD CONSTRAINT unit_ok CHECK (unit <> ''::text);

CREATE INDEX m_u ON public.m (unit);
