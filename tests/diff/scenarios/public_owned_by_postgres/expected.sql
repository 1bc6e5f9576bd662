-- ~1 grant
--   incompatible: PUBLIC can do less with public

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

GRANT CREATE ON SCHEMA public TO service_role;
