-- +1 constraint, ~1 constraint
--   may fail: other fails when public.t_1 holds a duplicate or missing key
--   may fail: first fails when public.t_1 holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t_1 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t_1 ADD CONSTRAINT other PRIMARY KEY (a);

ALTER INDEX public.t_pkey ATTACH PARTITION public.other;

ALTER TABLE public.t_1 ADD CONSTRAINT first UNIQUE (a);
