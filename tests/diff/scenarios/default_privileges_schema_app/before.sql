create schema app;
alter default privileges in schema app grant all on tables to service_role;
