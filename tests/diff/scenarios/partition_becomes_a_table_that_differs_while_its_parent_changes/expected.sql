-- +2 columns, +1 index, ~1 table, ~1 column, ~1 index
--   rewrite: public.reading is rewritten: v integer becomes bigint
--   incompatible: code that expects public.reading.v as integer may break
--   lock: ACCESS EXCLUSIVE on public.reading_jan while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.reading DETACH PARTITION public.reading_jan;

DROP INDEX public.reading_jan_v_idx;

DROP INDEX public.reading_v;

ALTER TABLE public.reading
    ALTER COLUMN v TYPE bigint,
    ADD COLUMN unit text NOT NULL DEFAULT 'm'::text;

CREATE INDEX reading_v ON public.reading (v, unit);

ALTER TABLE public.reading_jan ADD COLUMN extra text;

CREATE INDEX jan_v ON public.reading_jan (v);
