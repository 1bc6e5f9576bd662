CREATE TABLE public.t (id int PRIMARY KEY, a bit(3), b int, c smallint);
INSERT INTO public.t VALUES (1, '101', 5, 1);
