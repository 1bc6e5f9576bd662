-- The roles of a Supabase project (facts: supabase/postgres, migrations/db). Roles belong to the cluster, so this runs once per
-- cluster and again whenever the bootstrap changes: every statement may be repeated.
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('postgres',                   'login createdb createrole replication bypassrls inherit'),
      ('anon',                       'nologin inherit'),
      ('authenticated',              'nologin inherit'),
      ('service_role',               'nologin inherit bypassrls'),
      ('authenticator',              'login noinherit'),
      ('dashboard_user',             'nologin createdb createrole replication'),
      ('pgbouncer',                  'login'),
      ('supabase_auth_admin',        'login noinherit createrole'),
      ('supabase_storage_admin',     'login noinherit createrole'),
      ('supabase_functions_admin',   'login noinherit createrole'),
      ('supabase_realtime_admin',    'nologin noinherit'),
      ('supabase_replication_admin', 'login replication'),
      ('supabase_read_only_user',    'login bypassrls'),
      ('supabase_etl_admin',         'login replication'),
      ('pgsodium_keyiduser',         'nologin'),
      ('pgsodium_keyholder',         'nologin'),
      ('pgsodium_keymaker',          'nologin')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I', wanted.name);
    end if;
    execute format('alter role %I with nosuperuser %s', wanted.name, wanted.attributes);
    execute format('alter role %I reset all', wanted.name);
  end loop;
end
$$;

-- In PostgreSQL 15 CREATEROLE may grant these, to oneself too; no role can grant one that is not there, and its name is reserved.
do $$
begin
  if pg_catalog.current_setting('server_version_num')::integer < 160000 then
    delete from pg_catalog.pg_authid
    where rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files');
  end if;
end
$$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant anon, authenticated, service_role, authenticator to supabase_storage_admin;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres with admin option;
grant pg_read_all_data, pg_monitor to supabase_read_only_user, supabase_etl_admin;
grant pgsodium_keyiduser to pgsodium_keyholder;
grant pgsodium_keyholder to pgsodium_keymaker;
grant pgsodium_keyholder, pgsodium_keymaker to postgres with admin option;
grant pgsodium_keyholder to service_role;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
alter role supabase_auth_admin set search_path = 'auth';
alter role supabase_auth_admin set idle_in_transaction_session_timeout = '60000';
alter role supabase_storage_admin set search_path = 'storage';
alter role supabase_functions_admin set search_path = 'supabase_functions';
alter role supabase_admin set search_path = "$user", public, auth, extensions;
alter role postgres set search_path = "$user", public, extensions;

grant set on parameter session_replication_role, log_min_messages, track_io_timing, log_lock_waits to postgres;
