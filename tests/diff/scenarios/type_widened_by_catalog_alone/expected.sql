-- ~8 columns
--   incompatible: code that expects public.t.c as timestamp without time zone may break
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';
SET timezone = 'UTC';

ALTER TABLE public.t
    ALTER COLUMN a TYPE character varying(9),
    ALTER COLUMN b TYPE text,
    ALTER COLUMN c TYPE timestamp with time zone,
    ALTER COLUMN d TYPE numeric(9,2),
    ALTER COLUMN e TYPE timestamp without time zone,
    ALTER COLUMN f TYPE inet,
    ALTER COLUMN g TYPE bit varying,
    ALTER COLUMN h TYPE character varying[];
