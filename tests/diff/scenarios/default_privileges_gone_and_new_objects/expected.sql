-- +1 sequence, +1 table, +1 function, +1 view, ~1 column, ~1 grant, −1 schema, −4 default privileges
--   grant widened: new functions of postgres are opened to PUBLIC
--   may fail: fails when a row of public.kept has no id
--   incompatible: code that writes NULL to public.kept.id breaks
--   incompatible: anon can do less with public.kept
--   lock: ACCESS EXCLUSIVE on public.kept while every row is read

SET lock_timeout = '5s';

ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public REVOKE ALL ON SEQUENCES FROM anon;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public REVOKE ALL ON TABLES FROM anon;

DROP SCHEMA app;

CREATE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

CREATE SEQUENCE public.numbers;

ALTER TABLE public.kept
    ALTER COLUMN id SET NOT NULL,
    ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('public.kept', 'id'), max(id)) FROM public.kept HAVING max(id) >= 1;

REVOKE ALL ON TABLE public.kept FROM anon;

CREATE TABLE public.shed (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY
);

CREATE VIEW public.seen AS
SELECT 1 AS x;
