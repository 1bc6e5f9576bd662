"""From two databases to migration files: what changes, in which order, with which dangers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.hazards import Hazard
from supabase_tasks.diff.options import PlanOptions

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.snapshot import Snapshot
    from supabase_tasks.models.declared import Declared


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One migration file: `name_hint` is a slug for its name, `sql` its whole text, `statements` the SQL without header."""

    name_hint: str
    sql: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A migration that turns the current database into the desired one.

    `operations` are Alembic's and ours, in the order in which they run. `header` counts the changes by kind
    (`+1 table, ~2 columns`), `slug` is a readable name derived from them. `unmodelled` names objects of kinds that the
    diff does not know and that differ; they are not part of the files. A plan without files means that the databases
    are equal. `desired` is the desired database as it was read.
    """

    operations: tuple[MigrateOperation, ...] = ()
    files: tuple[PlannedFile, ...] = ()
    header: str = ""
    hazards: tuple[Hazard, ...] = ()
    slug: str = ""
    unmodelled: tuple[str, ...] = ()
    changes: tuple[dict[str, Any], ...] = field(default=())
    desired: Snapshot | None = field(default=None, repr=False, compare=False)

    @property
    def empty(self) -> bool:
        return not self.files

    @property
    def sql(self) -> str:
        """All files as one text."""
        return "\n".join(file.sql for file in self.files)

    def as_json(self) -> dict[str, Any]:
        return {
            "summary": self.header,
            "name": self.slug,
            "changes": list(self.changes),
            "hazards": [hazard.as_json() for hazard in self.hazards],
            "unmodelled": list(self.unmodelled),
            "files": [{"name": file.name_hint, "sql": file.sql} for file in self.files],
        }


def plan(
    current: psycopg.Connection[Any],
    desired: psycopg.Connection[Any],
    models: Declared | None = None,
    options: PlanOptions | None = None,
    before: Snapshot | None = None,
) -> Plan:
    """The migration from `current` to `desired`, two scratch databases on servers of one major version.

    Renames are tried out on `current` in a transaction that is rolled back, so it must be a database that can be
    altered and that nobody else uses, connected as the role that will apply the migration. `models` lends the author's
    SQL; `before` is the snapshot of `current` for a caller that has it.
    Raises `UnansweredError` (data: `unanswered`, a list of questions with the answers they take) when a rename or the
    value of a new NOT NULL column is open and nobody answers, `DiffError` with code `not-allowed` when a hazard needs
    `--allow`, or when no safe order exists.
    """
    from supabase_tasks.diff.planning import build

    return build(current, desired, models, options or PlanOptions(), before)
