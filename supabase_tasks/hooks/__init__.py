"""What pre-commit runs: `supabase-tasks-hook NAME [options] [files]`."""
