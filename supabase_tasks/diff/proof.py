"""The proof: the files, applied to a clone of the current database, must make it equal to the desired one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.plan import Plan
    from supabase_tasks.postgres import Server
    from supabase_tasks.settings import Settings


def prove(server: Server, settings: Settings, template: str, plan: Plan, desired_database: str) -> None:
    """Apply `plan.files` to a clone of `template` exactly as the CLI does and compare it with `desired_database`.

    Equal means: by our own snapshot and by a normalised `pg_dump --schema-only`. Raises `ProofError` (data: `residue`,
    a list of `{"object", "current", "desired"}`) when they differ, `MigrationError` when a file does not apply.
    """
    raise NotImplementedError
