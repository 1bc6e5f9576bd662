CREATE TABLE public.t (id int PRIMARY KEY, tags text, n int);
INSERT INTO public.t VALUES (1, NULL, NULL), (2, 'x', 7);
