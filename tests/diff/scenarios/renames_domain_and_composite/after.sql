-- rename: public.d:public.d2
-- rename: public.c:public.c2
CREATE DOMAIN public.d2 AS text CHECK (value<>'a');
CREATE TYPE public.c2 AS (x int, y text, z int);
CREATE TABLE public.t (id int primary key, d public.d2 NOT NULL, c public.c2);
