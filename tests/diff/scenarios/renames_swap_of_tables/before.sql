CREATE TABLE public.a (id serial PRIMARY KEY, x int);
INSERT INTO public.a (x) VALUES (1),(1),(1);
CREATE TABLE public.b (id serial PRIMARY KEY, x int);
INSERT INTO public.b (x) VALUES (2),(2),(2);
INSERT INTO public.b (x) VALUES (2);
