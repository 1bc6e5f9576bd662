-- ~1 column
--   data loss: public.t.d loses fractions of a second: interval becomes interval day to second(3)
--   rewrite: public.t is rewritten: d interval becomes interval day to second(3)
--   incompatible: code that expects public.t.d as interval may break

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN d TYPE interval day to second(3);
