-- ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

SELECT setval('public.t_id_seq', 100, false) FROM public.t_id_seq WHERE last_value < 100;

ALTER TABLE public.t ALTER COLUMN id SET MINVALUE 100 SET START WITH 100;
