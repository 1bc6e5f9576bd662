-- +1 schema, ~2 extensions

CREATE SCHEMA ext;

ALTER EXTENSION citext SET SCHEMA ext;

ALTER EXTENSION hstore SET SCHEMA ext;
