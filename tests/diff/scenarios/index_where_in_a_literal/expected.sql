-- +3 indexes
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE INDEX i ON public.t ((a || ' WHERE '::text)) WITH (fillfactor = 50);

CREATE INDEX j ON public.t ((a || ' USING btree ('::text)) WHERE a <> ' WHERE '::text;

CREATE INDEX "k ON public.t (" ON public.t USING hash (a) WITH (fillfactor = 50) WHERE a = 'b WHERE c'::text;
