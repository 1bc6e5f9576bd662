-- +1 table, +1 function, +1 view

CREATE FUNCTION public.f(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n + 1 $function$;

CREATE TABLE public.t (
    id integer NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

CREATE VIEW public.v AS
SELECT public.f(id) AS n
   FROM public.t;
