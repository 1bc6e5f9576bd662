-- ~1 column
--   rewrite: public.t is rewritten: id bigint becomes smallint
--   incompatible: code that expects public.t.id as bigint may break
--   may fail: fails when a value of public.t.id does not fit smallint

SET lock_timeout = '5s';

SELECT setval('public.t_id_seq', 5, false) FROM public.t_id_seq WHERE last_value < 5;

SELECT setval('public.t_id_seq', 9, true) FROM public.t_id_seq WHERE last_value > 9;

ALTER TABLE public.t ALTER COLUMN id SET MINVALUE 5 SET MAXVALUE 9 SET NO CYCLE;

ALTER TABLE public.t
    ALTER COLUMN id TYPE smallint,
    ALTER COLUMN id SET GENERATED ALWAYS;
