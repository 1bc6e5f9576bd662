-- ~1 constraint
--   may fail: t_pkey fails when public.t holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP CONSTRAINT t_pkey,
    ADD CONSTRAINT t_pkey PRIMARY KEY (a, b);
