CREATE DOMAIN public.d AS text CHECK (value<>'');
CREATE TYPE public.c AS (x int, y text);
CREATE TABLE public.t (id int primary key, d public.d, c public.c);
INSERT INTO public.t VALUES (1,'q',(1,'2'));
