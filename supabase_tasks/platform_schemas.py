"""The schemas and roles that a Supabase project comes with: the platform owns them and changes them."""

from __future__ import annotations

# Supabase documentation ("Restricted access to auth, storage and realtime schemas", 2025), the schemas of the
# supabase/postgres images 15 and 17, and those that their extensions make (reference/BOOTSTRAP.md).
PLATFORM_SCHEMAS = (
    "_analytics",
    "_realtime",
    "_supavisor",
    "auth",
    "cron",
    "dbdev",
    "extensions",
    "graphql",
    "graphql_public",
    "net",
    "pgbouncer",
    "pgmq",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "repack",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "tiger",
    "tiger_data",
    "topology",
    "vault",
)
# A database with all of these is one of Supabase, whoever runs it.
SCHEMAS_OF_EVERY_PROJECT = ("auth", "extensions", "storage")
# The platform's own publications in such a database: Realtime makes and drops the second one as it runs.
PLATFORM_PUBLICATIONS = ("supabase_realtime", "supabase_realtime_messages_publication")
# Who owns the schema public of a new database: whoever owns the database. In older projects `postgres` does, which owns it too.
OWNER_OF_PUBLIC = "pg_database_owner"
SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")
API_ROLES = ("anon", "authenticated", "service_role")
# Everything `postgres/platform_sql/00_roles.sql` makes.
PLATFORM_ROLES = (
    "postgres",
    "anon",
    "authenticated",
    "service_role",
    "authenticator",
    "dashboard_user",
    "pgbouncer",
    "supabase_admin",
    "supabase_auth_admin",
    "supabase_storage_admin",
    "supabase_functions_admin",
    "supabase_realtime_admin",
    "supabase_replication_admin",
    "supabase_read_only_user",
    "supabase_etl_admin",
    "pgsodium_keyiduser",
    "pgsodium_keyholder",
    "pgsodium_keymaker",
)
