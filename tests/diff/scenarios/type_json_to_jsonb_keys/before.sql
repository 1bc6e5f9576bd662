CREATE TABLE public.t (id int PRIMARY KEY, a json, b text);
INSERT INTO public.t VALUES (1, '{"b": 1, "a": [2]}', '{"x": null}'), (2, NULL, NULL);
