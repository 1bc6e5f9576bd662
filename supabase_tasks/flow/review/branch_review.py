"""The review of what a branch adds: its migrations that the default branch does not have yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_tasks import postgres
from supabase_tasks.flow.review import gathering
from supabase_tasks.ledger import branch as branches
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supabase_tasks.ledger.files import MigrationFile


def of_branch(settings: Settings, rows: gathering.Rows) -> gathering.UnlinkedReview | None:
    """The review of the new migrations, or None when the branch has none or there is no branch to compare with.

    They are applied to a copy of the history before them. Raises `MigrationError`, `DatabaseError`.
    """
    from supabase_tasks.flow.targets import sql_hazards

    branch = branches.read(settings)
    if branch.base is None or not branch.new:
        return None
    server = postgres.shadow(settings)
    kept = tuple(file for file in branch.present if file not in branch.new)
    before = postgres.history_template(server, settings, kept)
    hazards = [hazard for _, found in sql_hazards.scan(branch.new) for hazard in found]
    paths = [file.path for file in branch.new]
    with server.scratch(before) as after:
        _apply(server, after, branch.new)
        return gathering.of_files(settings, server, before, after, paths, hazards, rows)


def _apply(server: postgres.Server, database: str, files: Sequence[MigrationFile]) -> None:
    from supabase_tasks.postgres.replay import apply_file, create_history_table

    with server.migrator(database) as connection:
        create_history_table(connection)
        for file in files:
            apply_file(connection, file.text, version=file.version, name=file.name)
