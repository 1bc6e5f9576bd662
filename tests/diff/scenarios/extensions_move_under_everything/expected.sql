-- ~4 extensions

ALTER EXTENSION citext SET SCHEMA extensions;

ALTER EXTENSION hstore SET SCHEMA extensions;

ALTER EXTENSION pg_trgm SET SCHEMA extensions;

ALTER EXTENSION btree_gist SET SCHEMA extensions;
