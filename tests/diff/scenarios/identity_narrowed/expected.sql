-- ~1 column
--   rewrite: public.t is rewritten: id bigint becomes integer
--   incompatible: code that expects public.t.id as bigint may break
--   may fail: fails when a value of public.t.id does not fit integer

SET lock_timeout = '5s';

SELECT setval('public.t_id_seq', 2147483647, true) FROM public.t_id_seq WHERE last_value > 2147483647;

ALTER TABLE public.t ALTER COLUMN id SET MAXVALUE 2147483647;

ALTER TABLE public.t ALTER COLUMN id TYPE integer;
