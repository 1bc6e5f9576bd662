-- +1 table, +1 function

CREATE TABLE public.t (
    id integer NOT NULL,
    a text,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

CREATE FUNCTION public.f()
 RETURNS SETOF public.t
 LANGUAGE sql
 STABLE
AS $function$ select * from public.t $function$;
