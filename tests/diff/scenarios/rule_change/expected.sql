-- ~1 rule
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE OR REPLACE RULE r AS
    ON INSERT TO public.t
   WHERE (new.id > 0) DO  INSERT INTO public.log (id)
  VALUES (new.id);
