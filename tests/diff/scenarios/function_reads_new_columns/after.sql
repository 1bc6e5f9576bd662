CREATE TABLE public.o (id integer PRIMARY KEY, a text, c date);
CREATE TABLE public."Big" (id integer PRIMARY KEY, "A b" integer, "Größe" integer);
CREATE FUNCTION public.of_row(public.o) RETURNS date LANGUAGE sql AS 'SELECT $1.c';
CREATE FUNCTION public.of_rows() RETURNS SETOF public.o LANGUAGE sql AS 'SELECT 1, ''a'', date ''2026-01-01''';
CREATE FUNCTION public.quoted() RETURNS integer LANGUAGE sql AS 'SELECT "A b" FROM public."Big"';
CREATE FUNCTION public.a_size() RETURNS integer LANGUAGE sql AS 'SELECT "Größe" FROM public."Big"';
CREATE FUNCTION public.a_new_one("Q" integer) RETURNS integer LANGUAGE sql AS 'SELECT x FROM public."Its ""new"""';
CREATE TABLE public."Its ""new""" (x integer);
INSERT INTO public.o VALUES (1, 'x', NULL);
