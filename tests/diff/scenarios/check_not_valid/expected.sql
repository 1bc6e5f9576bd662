-- +1 constraint
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD CONSTRAINT t_n_check CHECK (n > 0) NOT VALID;
