-- ~1 sequence, ~1 column, ~1 rule
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER SEQUENCE public.s CACHE 6;

ALTER TABLE public.t ALTER COLUMN id SET CACHE 4;

CREATE OR REPLACE RULE r AS
    ON INSERT TO public.t
   WHERE (new.n = 2) DO  DELETE FROM public.t
  WHERE (t.id = 0);
