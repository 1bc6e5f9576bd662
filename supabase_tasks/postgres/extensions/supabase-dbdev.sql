-- version: 0.0.5
-- versions: 0.0.2 0.0.3 0.0.4
-- comment: PostgreSQL package manager
-- schema: dbdev
-- Packages of database.dev that have a stand-in can be created afterwards, others cannot: nothing is downloaded.
create function dbdev.install(
  package_name text, base_url text default 'https://api.database.dev/rest/v1/', api_key text default null
) returns boolean language plpgsql as $$
begin
  if not exists (select from pg_catalog.pg_available_extensions as e where e.name = package_name) then
    raise warning 'the package % is not available in the embedded database', package_name;
  end if;
  return true;
end
$$;
grant usage on schema dbdev to postgres;
