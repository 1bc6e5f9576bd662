-- rename: public.a:public.b
-- rename: public.b:public.c
CREATE TABLE public.b (id serial PRIMARY KEY, x int);
CREATE TABLE public.c (id serial PRIMARY KEY, x int);
