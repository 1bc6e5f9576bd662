-- +1 table, +1 function

CREATE FUNCTION public.ok(n integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n > 0 $function$;

CREATE TABLE public.t (
    id integer NOT NULL,
    n integer,
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT t_ok CHECK (public.ok(n))
);
