-- rename: public.m:public.m2
-- rename: public.t.a:public.t.b
CREATE TABLE public.t (id int primary key, b bigint);
CREATE MATERIALIZED VIEW public.m2 AS SELECT id, b, 1 AS c FROM public.t;
CREATE UNIQUE INDEX mi2 ON public.m2 (id);
