CREATE TABLE public.t (id int PRIMARY KEY, title text);
INSERT INTO public.t VALUES (1, 'A'), (2, 'B');
