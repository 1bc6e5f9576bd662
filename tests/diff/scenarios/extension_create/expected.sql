-- +1 extension

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;
