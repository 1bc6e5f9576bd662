-- +1 sequence, +1 function, +3 default privileges, −1 default privilege
--   grant widened: new sequences of postgres are opened to authenticated
--   grant widened: new tables of service_role are opened to anon

ALTER DEFAULT PRIVILEGES FOR ROLE service_role REVOKE EXECUTE ON FUNCTIONS FROM anon;

CREATE FUNCTION desk.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

CREATE SEQUENCE desk.s;

GRANT USAGE ON SEQUENCE desk.s TO authenticated;

ALTER DEFAULT PRIVILEGES FOR ROLE anon REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA desk GRANT USAGE ON SEQUENCES TO authenticated;

ALTER DEFAULT PRIVILEGES FOR ROLE service_role IN SCHEMA desk GRANT SELECT, INSERT ON TABLES TO anon WITH GRANT OPTION;
