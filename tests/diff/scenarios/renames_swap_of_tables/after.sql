-- rename: public.a:public.b
-- rename: public.b:public.a
CREATE TABLE public.b (id serial PRIMARY KEY, x int);
CREATE TABLE public.a (id serial PRIMARY KEY, x int);
