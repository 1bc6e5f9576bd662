-- ~1 rule
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

DROP RULE r ON public.t;

CREATE RULE r AS
    ON INSERT TO public.t
   WHERE (new.id > 0) DO  INSERT INTO public.log (id)
  VALUES (new.id);
