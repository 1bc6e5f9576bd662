CREATE TABLE public.t (id int PRIMARY KEY, a float8, b boolean, c boolean, d int, e real, f oid);
INSERT INTO public.t VALUES (1, 0.3333333333333333, true, false, 1, 0.1, 7);
