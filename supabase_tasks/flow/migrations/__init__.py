"""The migration files by themselves."""
