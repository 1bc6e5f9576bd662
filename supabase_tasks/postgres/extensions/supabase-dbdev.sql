-- version: 0.0.5
-- versions: 0.0.2 0.0.3 0.0.4
-- comment: PostgreSQL package manager
-- schema: dbdev
@unavailable dbdev.install(package_name text, base_url text default 'https://api.database.dev/rest/v1/', api_key text default null) returns boolean;
grant usage on schema dbdev to postgres;
