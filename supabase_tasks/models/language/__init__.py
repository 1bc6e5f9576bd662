"""The schema language; import it from `supabase_tasks.schema`."""
