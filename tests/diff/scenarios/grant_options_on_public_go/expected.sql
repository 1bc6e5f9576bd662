-- ~1 grant
--   incompatible: authenticated can do less with public

SET ROLE anon;

REVOKE USAGE ON SCHEMA public FROM dashboard_user;

SET ROLE postgres;

SET ROLE pg_database_owner;

REVOKE USAGE ON SCHEMA public FROM authenticated;

REVOKE GRANT OPTION FOR USAGE ON SCHEMA public FROM anon;

GRANT CREATE ON SCHEMA public TO service_role;

SET ROLE postgres;
