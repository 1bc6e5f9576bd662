CREATE TABLE public.o (id integer PRIMARY KEY, a text, b integer);
CREATE TABLE public."Big" (id integer PRIMARY KEY);
CREATE FUNCTION public.of_row(public.o) RETURNS integer LANGUAGE sql AS 'SELECT $1.b';
CREATE FUNCTION public.of_rows() RETURNS SETOF public.o LANGUAGE sql AS 'SELECT 1, ''a'', 2';
CREATE FUNCTION public.quoted() RETURNS integer LANGUAGE sql AS 'SELECT id FROM public."Big"';
INSERT INTO public.o VALUES (1, 'x', 2);
