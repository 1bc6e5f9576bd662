"""Operations spread over migration files: one, unless PostgreSQL wants a commit in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supabase_tasks.diff import operations as op
from supabase_tasks.diff import summary
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan import PlannedFile
from supabase_tasks.diff.render import script, statements

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation


def planned_files(
    operations: Sequence[MigrateOperation], name: str, header: str, options: PlanOptions, unchecked: bool
) -> list[PlannedFile]:
    """The files in order. `unchecked` switches the check of function bodies off, as pg_dump does."""
    first, rest = _early(operations)
    files = []
    if first:
        files.append(_file(first, f"{name}_values", f"{header} (1 of 2: new enum values)", options, False))
    if rest:
        files.append(_file(rest, name, header, options, unchecked))
    return files


def _early(operations: Sequence[MigrateOperation]) -> tuple[list[MigrateOperation], list[MigrateOperation]]:
    """New enum values need a commit before they are used: PostgreSQL, ALTER TYPE … ADD VALUE, Notes."""
    added = [operation for operation in operations if isinstance(operation, op.SchemaOperation) and operation.own_file]
    others = [operation for operation in operations if operation not in added]
    text = "\n".join(script(others))
    if not any(_new_value(operation) in text for operation in added):
        return [], list(operations)
    early = [operation for operation in others if isinstance(operation, op.RenameObject) and operation.kind == "enum"]
    return [*early, *added], [operation for operation in others if operation not in early]


def _new_value(operation: op.SchemaOperation) -> str:
    return operation.statements[0].split(" ADD VALUE ", 1)[1].split(" BEFORE ")[0].split(" AFTER ")[0]


def _file(
    operations: Sequence[MigrateOperation], name: str, title: str, options: PlanOptions, unchecked: bool
) -> PlannedFile:
    hazards = [hazard for operation in operations for hazard in op.hazards_of(operation)]
    settings = []
    if any(hazard.lock for hazard in hazards):
        settings = _timeouts(options)
    if unchecked:
        settings.append("SET check_function_bodies = off;")
    body: list[str] = []
    for operation in operations:
        body += statements(operation)
    blocks = [summary.comment_block(title, hazards)]
    if settings:
        blocks.append("\n".join(settings))
    blocks += body
    return PlannedFile(name, "\n\n".join(blocks) + "\n", tuple([*settings, *body]))


def _timeouts(options: PlanOptions) -> list[str]:
    pairs = (("lock_timeout", options.lock_timeout), ("statement_timeout", options.statement_timeout))
    return [f"SET {name} = '{value}';" for name, value in pairs if value not in ("", "0")]
