CREATE DOMAIN public.code AS varchar(3);
CREATE TABLE public.t (id int PRIMARY KEY, a text, b text[], c public.code);
INSERT INTO public.t VALUES (1, 'abc', '{ab}', 'x');
