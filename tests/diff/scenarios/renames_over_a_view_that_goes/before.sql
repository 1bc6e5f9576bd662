CREATE TABLE public.a (id int);
CREATE VIEW public.b AS SELECT 1 AS x;
