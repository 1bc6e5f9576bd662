-- ~2 constraints
--   may fail: t_1_pkey fails when public.t_1 holds a duplicate or missing key
--   may fail: t_1_a_b_key fails when public.t_1 holds a duplicate
--   may fail: t_2_pkey fails when public.t_2 holds a duplicate or missing key
--   may fail: t_2_a_b_key fails when public.t_2 holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t_1 while every row is read
--   lock: ACCESS EXCLUSIVE on public.t_2 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t_1 ADD CONSTRAINT t_1_pkey PRIMARY KEY (a);

ALTER INDEX public.t_pkey ATTACH PARTITION public.t_1_pkey;

ALTER TABLE public.t_1 ADD CONSTRAINT t_1_a_b_key UNIQUE (a, b);

ALTER INDEX public.u ATTACH PARTITION public.t_1_a_b_key;

ALTER TABLE public.t_2 ADD CONSTRAINT t_2_pkey PRIMARY KEY (a);

ALTER INDEX public.t_pkey ATTACH PARTITION public.t_2_pkey;

ALTER TABLE public.t_2 ADD CONSTRAINT t_2_a_b_key UNIQUE (a, b);

ALTER INDEX public.u ATTACH PARTITION public.t_2_a_b_key;
