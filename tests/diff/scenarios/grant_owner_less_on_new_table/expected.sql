-- +1 schema, +1 table, +1 function

CREATE SCHEMA desk;

REVOKE CREATE ON SCHEMA desk FROM postgres;

CREATE FUNCTION public.one()
 RETURNS integer
 LANGUAGE sql
AS $function$ select 1 $function$;

REVOKE EXECUTE ON FUNCTION public.one() FROM PUBLIC, postgres;

CREATE TABLE public.drawer (
    id integer
);

REVOKE DELETE, TRUNCATE ON TABLE public.drawer FROM postgres;
