-- version: 1.4.0
-- versions: 1.0.1 1.0.3 1.0.4 1.1.1 1.2.0 1.3.0 1.3.2 1.5.0
-- comment: Trusted Language Extensions for PostgreSQL
-- schema: pgtle
-- always: the real one must be loaded as the server starts
-- Packages are registered; CREATE EXTENSION of a registered one needs the real extension's hook.
create type pgtle.pg_tle_features as enum ('passcheck', 'clientauth');
create type pgtle.password_types as enum ('PASSWORD_TYPE_PLAINTEXT', 'PASSWORD_TYPE_MD5', 'PASSWORD_TYPE_SCRAM_SHA_256');
create table pgtle.feature_info (
  feature pgtle.pg_tle_features not null, schema_name text not null, proname text not null, obj_identity text not null,
  primary key (feature, schema_name, proname)
);
create table pgtle._packages (name text, version text, description text, ext text, requires text[], primary key (name, version));
create function pgtle.install_extension(name text, version text, description text, ext text, requires text[] default null)
returns boolean language sql security definer set search_path = '' as $$
  insert into pgtle._packages values (name, version, description, ext, requires);
  select true
$$;
create function pgtle.install_extension_version_sql(name text, version text, ext text) returns boolean
  language sql as $$ select pgtle.install_extension(name, version, null, ext) $$;
create function pgtle.install_update_path(name text, fromvers text, tovers text, ext text) returns boolean
  language sql as $$ select true $$;
create function pgtle.uninstall_extension(extname text) returns boolean language sql security definer set search_path = ''
  as $$ delete from pgtle._packages where name = extname; select true $$;
create function pgtle.uninstall_extension(extname text, version text) returns boolean language sql security definer set search_path = ''
  as $$ delete from pgtle._packages as p where p.name = extname and p.version = $2; select true $$;
create function pgtle.uninstall_extension_if_exists(extname text) returns boolean language sql security definer set search_path = ''
  as $$ with gone as (delete from pgtle._packages where name = extname returning 1) select exists (select from gone) $$;
create function pgtle.set_default_version(name text, version text) returns boolean language sql as $$ select true $$;
create function pgtle.available_extensions(out name name, out default_version text, out comment text) returns setof record
  language sql security definer set search_path = '' as $$ select name::name, max(version), max(description) from pgtle._packages group by name $$;
grant usage on schema pgtle to public;
grant execute on all functions in schema pgtle to postgres;
