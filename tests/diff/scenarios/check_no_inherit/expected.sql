-- ~1 constraint
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP CONSTRAINT t_n_check,
    ADD CONSTRAINT t_n_check CHECK (n > 0) NO INHERIT NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: t_n_check fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT t_n_check;
