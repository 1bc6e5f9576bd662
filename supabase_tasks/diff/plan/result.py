"""What a plan is: migration files, the changes they make, and their hazards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.plan.lone_statements import names_one_thing

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation


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
    diff does not know and that differ; they are not part of the files. A plan without files means that the databases are equal.
    """

    operations: tuple[MigrateOperation, ...] = ()
    files: tuple[PlannedFile, ...] = ()
    header: str = ""
    hazards: tuple[Hazard, ...] = ()
    slug: str = ""
    unmodelled: tuple[str, ...] = ()
    changes: tuple[dict[str, Any], ...] = field(default=())

    @property
    def empty(self) -> bool:
        return not self.files

    @property
    def may_keep_order(self) -> bool:
        """Whether a statement may say several things in an order."""
        return not all(names_one_thing(statement) for file in self.files for statement in file.statements)

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
