-- +1 rule
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE RULE no_delete AS
    ON DELETE TO public.t DO INSTEAD NOTHING;
