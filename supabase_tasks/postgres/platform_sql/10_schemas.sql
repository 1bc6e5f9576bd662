create schema auth authorization supabase_admin;
create schema storage authorization supabase_admin;
create schema realtime authorization supabase_admin;
create schema _realtime authorization supabase_admin;
create schema extensions authorization postgres;
create schema graphql authorization supabase_admin;
create schema graphql_public authorization supabase_admin;
create schema pgbouncer authorization pgbouncer;
create schema vault authorization supabase_admin;
create schema supabase_functions authorization supabase_admin;

grant usage on schema public to postgres, anon, authenticated, service_role;
grant usage on schema extensions to postgres, anon, authenticated, service_role;
grant all on schema extensions to dashboard_user, postgres;
grant usage on schema auth to anon, authenticated, service_role;
grant all on schema auth to supabase_auth_admin, dashboard_user, postgres;
grant usage on schema storage to anon, authenticated, service_role, postgres with grant option;
grant all on schema storage to supabase_storage_admin, dashboard_user, postgres with grant option;
grant usage on schema realtime to anon, authenticated, service_role, postgres;
grant all on schema realtime to supabase_realtime_admin, supabase_admin;
grant usage on schema graphql, graphql_public to postgres, anon, authenticated, service_role with grant option;
grant usage on schema supabase_functions to postgres, anon, authenticated, service_role;
grant all on schema supabase_functions to supabase_functions_admin;

-- As postgres, which may then drop and move them, as supautils lets it.
set role postgres;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;
create extension if not exists supabase_vault with schema vault;
create extension if not exists pg_graphql with schema graphql;
reset role;

create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
