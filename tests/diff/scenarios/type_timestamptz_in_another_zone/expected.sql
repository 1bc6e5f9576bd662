-- ~6 columns
--   data loss: public.t.a loses the time of day: timestamp with time zone becomes date
--   rewrite: public.t is rewritten: a timestamp with time zone becomes date
--   incompatible: code that expects public.t.a as timestamp with time zone may break
--   data loss: public.t.b loses the date: timestamp with time zone becomes time without time zone
--   rewrite: public.t is rewritten: b timestamp with time zone becomes time without time zone
--   incompatible: code that expects public.t.b as timestamp with time zone may break
--   rewrite: public.t is rewritten: c date becomes timestamp with time zone
--   incompatible: code that expects public.t.c as date may break
--   may fail: fails when a value of public.t.c does not fit timestamp with time zone
--   rewrite: public.t is rewritten: d text becomes timestamp with time zone
--   incompatible: code that expects public.t.d as text may break
--   may fail: fails when a value of public.t.d does not fit timestamp with time zone
--   incompatible: code that expects public.t.e as timestamp without time zone may break
--   rewrite: public.t is rewritten: f tstzrange becomes tsrange
--   incompatible: code that expects public.t.f as tstzrange may break

SET lock_timeout = '5s';
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

ALTER TABLE public.t
    ALTER COLUMN a TYPE date,
    ALTER COLUMN b TYPE time without time zone,
    ALTER COLUMN c TYPE timestamp with time zone,
    ALTER COLUMN d TYPE timestamp with time zone USING d::timestamp with time zone,
    ALTER COLUMN e TYPE timestamp with time zone,
    ALTER COLUMN f TYPE tsrange USING f::text::tsrange;
