-- Projects of 2026: `postgres` makes nothing in the platform's schemas (supabase/postgres,
-- migrations/db/migrations/20250421084701_revoke_admin_roles_from_postgres.sql; realtime's owner it still may act as).
revoke create on schema auth, storage from postgres;
revoke all on auth.schema_migrations from dashboard_user, postgres;
revoke all on storage.migrations from anon, authenticated, service_role, postgres;
