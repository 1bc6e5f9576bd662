-- ~1 constraint, ~1 index
--   may fail: pk fails when public.t holds a duplicate or missing key
--   may fail: u fails when public.t holds a duplicate
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.u;

ALTER TABLE public.t
    DROP CONSTRAINT pk,
    ADD CONSTRAINT pk PRIMARY KEY (id, a);

CREATE UNIQUE INDEX u ON public.t (a, id);

ALTER TABLE public.t
    REPLICA IDENTITY USING INDEX u,
    CLUSTER ON pk;
