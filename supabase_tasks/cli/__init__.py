"""The Supabase CLI: finding it, its two dialects, its commands."""

from supabase_tasks.cli.arguments import LOCAL, Database, at_url, linked_project
from supabase_tasks.cli.commands import SupabaseCli
from supabase_tasks.cli.find import Binary, find_cli, present

__all__ = ["LOCAL", "Binary", "Database", "SupabaseCli", "at_url", "find_cli", "linked_project", "present"]
