"""What the models say, as plain values: all that a comparison needs once the classes that said it are gone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.models.declaration import Identity, Models, RenameHint


@dataclass(frozen=True, slots=True)
class AuthoredSql:
    """The author's own SQL for one object, without closing semicolons; the identity of one that `is_routine` ends in the
    types of its arguments."""

    kind: str
    identity: Identity
    statements: tuple[str, ...]
    is_routine: bool = False


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """`tables` are `schema.name`, those that are only referred to included; `files`, `environment` and `untracked_inputs`
    are those of `Models`, `passed_over` has a line for each thing that only SQLAlchemy's `create_all` would make."""

    tables: frozenset[str]
    renames: tuple[RenameHint, ...] = ()
    authored: tuple[AuthoredSql, ...] = ()
    files: tuple[Path, ...] = ()
    environment: tuple[str, ...] = ()
    untracked_inputs: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def of(models: Models) -> ModelSummary:
    """The plain values of `models`."""
    from supabase_tasks.models.language.base import schema_of
    from supabase_tasks.models.language.words import is_routine
    from supabase_tasks.models.passed_over import lines_of as passed_over_lines
    from supabase_tasks.models.renames import hints

    return ModelSummary(
        tables=frozenset(f"{schema_of(table)}.{table.name}" for table in models.metadata.tables.values()),
        renames=tuple(hints(models)),
        authored=tuple(
            AuthoredSql(
                item.kind,
                tuple(map(str, item.identity)),
                tuple(text.strip().rstrip(";") for text in item.statements()),
                is_routine(item.kind),
            )
            for item in models.declarations
        ),
        files=models.files,
        environment=models.environment,
        untracked_inputs=models.untracked_inputs,
        passed_over=passed_over_lines(models),
    )
