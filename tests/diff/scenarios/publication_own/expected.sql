-- +1 publication, +1 published table
--   lock: SHARE UPDATE EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE PUBLICATION mine WITH (publish = 'insert, update');

ALTER PUBLICATION mine ADD TABLE public.t;
