-- ~1 grant

GRANT USAGE ON SCHEMA app TO pg_database_owner;
