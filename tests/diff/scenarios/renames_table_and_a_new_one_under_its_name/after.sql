-- rename: public.a:public.b
CREATE TABLE public.b (id serial PRIMARY KEY, x int);
CREATE TABLE public.a (id serial PRIMARY KEY, x int);
