CREATE TABLE public.t (id int primary key, a int);
CREATE MATERIALIZED VIEW public.m AS SELECT id, a FROM public.t;
CREATE UNIQUE INDEX mi ON public.m (id);
