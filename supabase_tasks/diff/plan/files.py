"""Operations spread over migration files: one, unless PostgreSQL or the people at work want a commit in between.

A file is one transaction. New enum values need a commit before they are used; an index that is built concurrently is
alone in its file; reading every row to validate a constraint comes in a file after the one that added it, because the
lock that adding takes would otherwise be held all the while.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from alembic.operations import ops

from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan import summary
from supabase_tasks.diff.plan.naming import CountedChange
from supabase_tasks.diff.plan.result import PlannedFile

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation


_READS = "reads the existing rows, without blocking writes"


@dataclass(frozen=True)
class Part:
    """The operations of one file, how its name ends, and what it is for when it is not the main one."""

    operations: Sequence[MigrateOperation]
    suffix: str = ""
    purpose: str = ""


def parts(operations: Sequence[MigrateOperation], options: PlanOptions) -> list[Part]:
    """The operations in the order of their files, neighbouring ALTER TABLEs combined."""
    later = [operation for operation in operations if getattr(operation, "later", False)]
    now = [operation for operation in operations if operation not in later]
    first, rest = _early(now)
    alone = [operation for operation in rest if options.concurrently and _concurrent(operation)]
    rest = [operation for operation in rest if operation not in alone]
    found = [Part(first, "_values", "new enum values, committed before they are used")]
    found.append(Part(op.combine(rest)))
    found += [Part([_concurrently(operation)], f"_{_index_name(operation)}", "concurrently") for operation in alone]
    found.append(Part(op.combine(later), "_validate", _READS))
    return [part for part in found if part.operations]


def _early(operations: Sequence[MigrateOperation]) -> tuple[list[MigrateOperation], list[MigrateOperation]]:
    """New enum values need a commit before they are used: PostgreSQL, ALTER TYPE … ADD VALUE, Notes."""
    added = [operation for operation in operations if isinstance(operation, op.SchemaOperation) and operation.own_file]
    others = [operation for operation in operations if operation not in added]
    text = "\n".join(script(others)) if added else ""
    if not any(_new_value(operation) in text for operation in added):
        return [], list(operations)
    # Renames come first of all; where one says under which name an enum has its new values, all of them do.
    leading = list(takewhile(_renames, others))
    holding = {"schema", *(operation.kind for operation in added)}
    early = leading if any(getattr(operation, "kind", "") in holding for operation in leading) else []
    return [*early, *added], [operation for operation in others if operation not in early]


def _renames(operation: MigrateOperation) -> bool:
    """Whether it is a rename, or makes the schema that something moves into."""
    made = isinstance(operation, op.CreateObject) and operation.kind == "schema"
    return made or isinstance(operation, op.RenameObject | ops.RenameTableOp)


def _new_value(operation: op.SchemaOperation) -> str:
    return operation.statements[0].split(" ADD VALUE ", 1)[1].split(" BEFORE ")[0].split(" AFTER ")[0]


def _concurrent(operation: MigrateOperation) -> bool:
    """Whether it builds or drops an index of a table that was there before (only then does it carry a lock)."""
    locks = [hazard for hazard in op.hazards_of(operation) if hazard.code == "lock"]
    return bool(locks) and isinstance(operation, op.CreateIndex | ops.DropIndexOp)


def _index_name(operation: MigrateOperation) -> str:
    return operation.identity[-1] if isinstance(operation, op.SchemaOperation) else getattr(operation, "index_name", "")


def _concurrently(operation: MigrateOperation) -> MigrateOperation:
    hazards = [hazard for hazard in op.hazards_of(operation) if hazard.code != "lock"]
    if isinstance(operation, ops.DropIndexOp):
        sql = script([operation])[0].replace("DROP INDEX ", "DROP INDEX CONCURRENTLY ", 1).rstrip(";")
        identity = (operation.schema or "public", str(operation.index_name))
        return op.DropObject("index", identity, sql, hazards=hazards)
    assert isinstance(operation, op.CreateIndex)
    sql = operation.statements[0].replace("INDEX ", "INDEX CONCURRENTLY ", 1)
    return op.CreateIndex("index", operation.identity, sql, hazards=hazards)


def planned_files(
    spread: Sequence[Part], name: str, counted: Sequence[CountedChange], options: PlanOptions, unchecked: bool
) -> Iterator[PlannedFile]:
    """The parts as files, each headed by the changes that are in it. `unchecked` switches the check of function bodies off,
    as pg_dump does."""
    for part, own in zip(spread, _shares(spread, counted), strict=True):
        yield _planned_file(part, name, summary.header(own), options, unchecked)


def _shares(spread: Sequence[Part], counted: Sequence[CountedChange]) -> list[list[CountedChange]]:
    """Each change with the part that makes it: what has a file of its own there, all else in the main one, which what is
    read later only completes."""
    main = next((part for part in spread if not part.purpose), spread[0]) if spread else None
    named = [
        (part, {(getattr(one, "kind", ""), getattr(one, "identity", ())) for one in part.operations})
        for part in spread
        if part.purpose and part.purpose != _READS
    ]
    makers = [next((part for part, keys in named if change.key in keys), main) for change in counted]
    return [[change for change, maker in zip(counted, makers, strict=True) if maker is part] for part in spread]


def _planned_file(part: Part, name: str, header: str, options: PlanOptions, unchecked: bool) -> PlannedFile:
    hazards = [hazard for operation in part.operations for hazard in op.hazards_of(operation)]
    settings = _timeouts(options) if any(hazard.lock for hazard in hazards) else []
    settings += dict.fromkeys(text for operation in part.operations for text in op.settings_of(operation))
    if unchecked and not part.suffix:
        settings.append("SET check_function_bodies = off;")
    body = script(part.operations)
    title = f"{header} ({part.purpose})" if header and part.purpose else header or part.purpose
    blocks = [summary.comment_block(title, hazards)]
    if settings:
        blocks.append("\n".join(settings))
    return PlannedFile(name + part.suffix, "\n\n".join([*blocks, *body]) + "\n", (*settings, *body))


def _timeouts(options: PlanOptions) -> list[str]:
    pairs = (("lock_timeout", options.lock_timeout), ("statement_timeout", options.statement_timeout))
    return [f"SET {name} = '{value}';" for name, value in pairs if value not in ("", "0")]
