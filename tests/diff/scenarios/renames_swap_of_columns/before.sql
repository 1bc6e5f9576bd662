CREATE TABLE public.t (id int PRIMARY KEY, a int, b int);
INSERT INTO public.t VALUES (1,10,20);
