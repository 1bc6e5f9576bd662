-- +1 schema

CREATE SCHEMA app;
