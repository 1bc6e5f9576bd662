-- version: 0.5.7
-- versions: 0.1.19 0.3.1 0.4.1 0.4.5 0.5.0 0.5.3
-- comment: Foreign data wrappers developed by Supabase
-- always: the real one sends requests
-- Wrappers, servers and foreign tables can be declared. A handler must be C; the borrowed one hands out no foreign data
-- routines, so reading a foreign table is refused by PostgreSQL with an error.
create table @extschema@.wrappers_fdw_stats (
  fdw_name text primary key, create_times bigint, rows_in bigint, rows_out bigint, bytes_in bigint, bytes_out bigint, metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now()
);
do $$
declare
  wrapper text;
begin
  foreach wrapper in array array[
    'airtable', 'auth0', 'big_query', 'click_house', 'cognito', 'firebase', 'hello_world', 'iceberg', 'logflare', 'mssql', 'redis',
    's3', 's3_vectors', 'stripe', 'wasm', 'duckdb'
  ] loop
    execute format(
      'create function @extschema@.%I() returns fdw_handler language internal strict as ''heap_tableam_handler''', wrapper || '_fdw_handler');
    execute format(
      'create function @extschema@.%I(options text[], catalog oid) returns void language plpgsql set search_path = pg_catalog, pg_temp as ''begin end''', wrapper || '_fdw_validator');
  end loop;
end
$$;
