-- ~3 constraints
--   may fail: t_12_pkey fails when public.t_12 holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.t_12 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t_11 RENAME CONSTRAINT own TO t_11_pkey;

ALTER TABLE public.t_12 ADD CONSTRAINT t_12_pkey PRIMARY KEY (a);

ALTER INDEX public.t_1_pkey ATTACH PARTITION public.t_12_pkey;

ALTER INDEX public.t_pkey ATTACH PARTITION public.alone;
