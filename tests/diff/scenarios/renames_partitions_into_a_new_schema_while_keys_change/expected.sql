-- +1 schema, +1 table, +1 column, +1 index, ~2 tables, ~2 columns, ~1 constraint, ~1 function, ~2 triggers, −1 index
--   incompatible: code that uses the name public.m breaks
--   incompatible: code that uses the name public.m_2026 breaks
--   incompatible: code that uses the name arch.measure.v breaks
--   rewrite: arch.measure is rewritten: id integer becomes bigint
--   incompatible: code that expects arch.measure.id as integer may break
--   lock: ACCESS EXCLUSIVE on public.m briefly
--   lock: ACCESS EXCLUSIVE on public.m_2026 briefly

SET lock_timeout = '5s';

CREATE SCHEMA arch;

ALTER TABLE public.m SET SCHEMA arch;

ALTER TABLE arch.m RENAME TO measure;

ALTER TABLE public.m_2026 SET SCHEMA arch;

ALTER TABLE arch.m_2026 RENAME TO measure_2026;

ALTER TABLE arch.measure RENAME COLUMN v TO val;

ALTER TABLE arch.measure RENAME CONSTRAINT m_pkey TO measure_pkey;

ALTER TABLE arch.measure_2026 RENAME CONSTRAINT m_2026_pkey TO measure_2026_pkey;

DROP TRIGGER t1 ON arch.measure;

DROP INDEX arch.m_v;

CREATE OR REPLACE FUNCTION public.tg()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.val := 2; return new; end $function$;

ALTER TABLE arch.measure
    ALTER COLUMN id TYPE bigint,
    ADD COLUMN note text;

CREATE INDEX measure_val ON arch.measure (val, k);

CREATE TRIGGER t1 BEFORE INSERT OR UPDATE ON arch.measure FOR EACH ROW EXECUTE FUNCTION public.tg();

CREATE TABLE arch.measure_2027 PARTITION OF arch.measure FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
