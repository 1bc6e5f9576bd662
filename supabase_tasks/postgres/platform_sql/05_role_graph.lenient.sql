-- Projects made before 2025: `postgres` may act as the owners of the platform's tables.
grant supabase_auth_admin, supabase_storage_admin, supabase_realtime_admin, supabase_functions_admin to postgres;
