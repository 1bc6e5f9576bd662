-- Projects made in 2026: `postgres` owns nothing of the platform.
revoke supabase_auth_admin, supabase_storage_admin, supabase_functions_admin from postgres;
grant supabase_realtime_admin to postgres;
