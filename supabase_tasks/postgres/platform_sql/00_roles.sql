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
-- Images of 15 only: those of 17 come without pgsodium.
do $$
begin
  if pg_catalog.current_setting('server_version_num')::integer < 170000 then
    grant pgsodium_keyholder to service_role;
  else
    revoke pgsodium_keyholder from service_role;
  end if;
end
$$;

-- Who runs what is lifted on the platform's tables (11_lift.sql); hidden, as the role that restores dumps is (roles.py).
do $$
begin
  if pg_catalog.to_regrole('"~policies"') is null then
    create role "~policies" nologin;
  end if;
end
$$;
grant postgres, supabase_auth_admin, supabase_storage_admin, supabase_realtime_admin to "~policies";

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

-- supautils.privileged_role_allowed_configs. A prefix with a star stands for the parameters that the extension has; any other name of
-- such a prefix is lifted (elevation.py).
grant set on parameter deadlock_timeout, log_lock_waits, log_min_duration_statement, log_min_messages, log_parameter_max_length,
  log_replication_commands, log_statement, log_temp_files, session_replication_role, track_functions, track_io_timing, wal_compression,
  auto_explain.log_analyze, auto_explain.log_buffers, auto_explain.log_format, auto_explain.log_level,
  auto_explain.log_min_duration, auto_explain.log_nested_statements, auto_explain.log_parameter_max_length,
  auto_explain.log_settings, auto_explain.log_timing, auto_explain.log_triggers, auto_explain.log_verbose, auto_explain.log_wal,
  auto_explain.sample_rate,
  pg_net.batch_size, pg_net.ttl, pg_stat_statements.max, pg_stat_statements.save, pg_stat_statements.track,
  pg_stat_statements.track_planning, pg_stat_statements.track_utility,
  pgaudit.log, pgaudit.log_catalog, pgaudit.log_client, pgaudit.log_level, pgaudit.log_parameter, pgaudit.log_relation,
  pgaudit.log_rows, pgaudit.log_statement, pgaudit.log_statement_once, pgaudit.role,
  pgrst.app_settings, pgrst.client_error_verbosity, pgrst.db_aggregates_enabled, pgrst.db_anon_role, pgrst.db_extra_search_path,
  pgrst.db_hoisted_tx_settings, pgrst.db_max_rows, pgrst.db_plan_enabled, pgrst.db_pre_request, pgrst.db_prepared_statements,
  pgrst.db_root_spec, pgrst.db_schema, pgrst.db_schemas, pgrst.db_timezone_enabled, pgrst.db_tx_end, pgrst.jwt_aud,
  pgrst.jwt_cache_max_lifetime, pgrst.jwt_role_claim_key, pgrst.jwt_secret, pgrst.jwt_secret_is_base64, pgrst.log_level,
  pgrst.max_rows, pgrst.openapi_mode, pgrst.openapi_security_active, pgrst.openapi_server_proxy_uri, pgrst.pre_request,
  pgrst.raw_media_types, pgrst.root_spec, pgrst.server_cors_allowed_origins, pgrst.server_timing_enabled, pgrst.server_trace_header,
  plan_filter.limit_select_only, plan_filter.module_loaded, plan_filter.statement_cost_limit, safeupdate.enabled to postgres;
-- Whoever loads the real pgvector may set these; the stand-in loads nothing (CREATE FUNCTION … SET asks for the right).
grant set on parameter hnsw.ef_search, hnsw.iterative_scan, hnsw.max_scan_tuples, hnsw.scan_mem_multiplier, ivfflat.iterative_scan,
  ivfflat.max_probes, ivfflat.probes to public;

-- The database that migrations name is the one in which they run; a replay runs in one of another name.
do $$
begin
  if exists (select from pg_catalog.pg_database where datname = 'postgres') then
    alter database postgres owner to postgres;
  end if;
end
$$;
