-- ~1 grant
--   grant widened: anon can do more with public

SET ROLE pg_database_owner;

GRANT CREATE ON SCHEMA public TO anon;

SET ROLE postgres;
