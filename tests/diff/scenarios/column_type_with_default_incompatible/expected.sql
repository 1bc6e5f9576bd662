-- ~1 column
--   rewrite: public.t is rewritten: n text becomes integer
--   incompatible: code that expects public.t.n as text may break
--   may fail: fails when a value of public.t.n does not fit integer

SET lock_timeout = '5s';

ALTER TABLE public.t
    ALTER COLUMN n DROP DEFAULT,
    ALTER COLUMN n TYPE integer USING n::integer,
    ALTER COLUMN n SET DEFAULT 7;
