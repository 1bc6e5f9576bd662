CREATE TABLE public.t (id int NOT NULL);
INSERT INTO public.t VALUES (-4);
