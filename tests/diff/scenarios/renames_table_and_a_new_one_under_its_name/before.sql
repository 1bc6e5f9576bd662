CREATE TABLE public.a (id serial PRIMARY KEY, x int);
INSERT INTO public.a (x) VALUES (1),(1),(1);
