CREATE TABLE public.t (id serial primary key, n text);
INSERT INTO public.t (n) VALUES ('x'), ('y');
CREATE TYPE public.k AS ENUM ('a', 'b');
CREATE VIEW public.v AS SELECT n FROM public.t;
CREATE SEQUENCE public.s;
CREATE FUNCTION public.f(int) RETURNS int LANGUAGE sql AS 'select 1';
CREATE DOMAIN public.d AS int CHECK (value > 0);
CREATE TABLE public.w (k public.k DEFAULT 'a', d public.d);
INSERT INTO public.w VALUES ('a', 2);
