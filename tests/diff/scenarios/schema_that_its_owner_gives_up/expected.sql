-- +1 schema, +1 table, +1 function, +1 view

CREATE SCHEMA s;

CREATE FUNCTION s.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

REVOKE EXECUTE ON FUNCTION s.f() FROM PUBLIC, postgres;

CREATE TABLE s.t (
    a integer
);

REVOKE ALL ON TABLE s.t FROM postgres;

CREATE VIEW s.v AS
SELECT a
   FROM s.t;

REVOKE ALL ON SCHEMA s FROM postgres;
