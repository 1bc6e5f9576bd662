-- ~1 column
--   rewrite: public.t is rewritten: d interval becomes interval day to second(3)
--   incompatible: code that expects public.t.d as interval may break
--   may fail: fails when a value of public.t.d does not fit interval day to second(3)

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN d TYPE interval day to second(3) USING d::text::interval day to second(3);
