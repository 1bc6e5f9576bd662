-- ~1 constraint
--   may fail: t_code_key fails when public.t holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP CONSTRAINT t_code_key,
    ADD CONSTRAINT t_code_key UNIQUE NULLS NOT DISTINCT (code);
