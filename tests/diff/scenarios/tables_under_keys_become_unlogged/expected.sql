-- +1 constraint, ~6 tables, −1 constraint
--   rewrite: public.c_low is rewritten
--   rewrite: public.b_mid is rewritten
--   rewrite: public.a_top is rewritten
--   rewrite: public.gone is rewritten
--   rewrite: public.one is rewritten
--   rewrite: public.two is rewritten
--   lock: ACCESS EXCLUSIVE on public.user_of_gone briefly

SET lock_timeout = '5s';

ALTER TABLE public.one DROP CONSTRAINT one_other_fkey;

ALTER TABLE public.two DROP CONSTRAINT two_other_fkey;

ALTER TABLE public.user_of_gone DROP CONSTRAINT to_gone;

ALTER TABLE public.c_low SET UNLOGGED;

ALTER TABLE public.b_mid SET UNLOGGED;

ALTER TABLE public.a_top SET UNLOGGED;

ALTER TABLE public.c_low ADD CONSTRAINT c_low_top_fkey FOREIGN KEY (top) REFERENCES public.a_top(id) NOT VALID;

ALTER TABLE public.gone SET UNLOGGED;

ALTER TABLE public.one SET UNLOGGED;

ALTER TABLE public.two SET UNLOGGED;

ALTER TABLE public.one ADD CONSTRAINT one_other_fkey FOREIGN KEY (other) REFERENCES public.two(id) NOT VALID;

ALTER TABLE public.two ADD CONSTRAINT two_other_fkey FOREIGN KEY (other) REFERENCES public.one(id) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: c_low_top_fkey fails when public.c_low holds a violating row
--   may fail: one_other_fkey fails when public.one holds a violating row
--   may fail: two_other_fkey fails when public.two holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.c_low while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.one while every row is read
--   lock: SHARE UPDATE EXCLUSIVE on public.two while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.c_low VALIDATE CONSTRAINT c_low_top_fkey;

ALTER TABLE public.one VALIDATE CONSTRAINT one_other_fkey;

ALTER TABLE public.two VALIDATE CONSTRAINT two_other_fkey;
