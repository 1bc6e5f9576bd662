-- +1 table setting
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_code;
