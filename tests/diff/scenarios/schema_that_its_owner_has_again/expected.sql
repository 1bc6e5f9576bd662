-- +1 column, +1 function, +1 default privilege, +1 comment, ~2 grants
--   grant widened: anon can do more with s.t
--   grant widened: new tables of postgres are opened to anon
--   lock: ACCESS EXCLUSIVE on s.t briefly

SET lock_timeout = '5s';

GRANT ALL ON SCHEMA s TO postgres;

CREATE FUNCTION s.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

ALTER TABLE s.t ADD COLUMN b integer;

GRANT SELECT ON TABLE s.t TO anon;

COMMENT ON TABLE s.t IS 'x';

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s GRANT SELECT ON TABLES TO anon;
