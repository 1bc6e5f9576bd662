"""Production accepts only what staging has run: the same statements, compared as text with nothing ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from supabase_tasks.errors import GuardError
from supabase_tasks.guard import statements
from supabase_tasks.guard.history import Row
from supabase_tasks.ledger.files import MigrationFile

Reason = Literal["absent", "different", "formatting", "unrecorded"]
_TEXT: dict[Reason, str] = {
    "absent": "{source} has not run it",
    "different": "{source} ran something else under this version",
    "formatting": "{source} ran it with other comments or blanks in or around a statement",
    "unrecorded": "{source} has the version, but not what ran",
}


@dataclass(frozen=True, slots=True)
class UnpromotedMigration:
    """A pending migration that the earlier target does not vouch for."""

    file: MigrationFile
    reason: Reason

    def explain(self, source: str) -> str:
        return f"{self.file.path.name}: {_TEXT[self.reason].format(source=source)}"


def unpromoted_migrations(pending: Sequence[MigrationFile], rows: Sequence[Row]) -> tuple[UnpromotedMigration, ...]:
    """The pending migrations that are not what the earlier target's ledger says it ran, with the reason."""
    known = {row.version: row for row in rows}
    found = ((file, _reason(file, known.get(file.version))) for file in pending)
    return tuple(UnpromotedMigration(file, reason) for file, reason in found if reason)


def _reason(file: MigrationFile, row: Row | None) -> Reason | None:
    if row is None:
        return "absent"
    if row.statements is None:
        return "unrecorded"
    if statements.matches_history(file.text, row.statements):
        return None
    return "formatting" if statements.differs_in_form_only(file.text, row.statements) else "different"


def refuse(target: str, source: str, found: Sequence[UnpromotedMigration]) -> GuardError:
    """The refusal, naming every migration."""
    return GuardError(
        f"{target} accepts only migrations that {source} has run, byte for byte",
        cause="\n".join(item.explain(source) for item in found),
        next_step=f'inv supabase-db-push-{source}, or tell why not: --without-{source} "reason"',
        code="not-promoted",
        data={"unpromoted": [{"file": item.file.path.name, "reason": item.reason} for item in found]},
    )
