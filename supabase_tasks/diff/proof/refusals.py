"""A plan that PostgreSQL refuses: it names the objects, and says whose fault it is.

No file was written, so there is none to correct. What the rows that migrations insert do not allow is for the author to say;
what the role that applies migrations may not do is not for a migration; everything else is a fault of this tool, which wrote the
SQL.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import join_dotted
from supabase_tasks.errors import MigrationError, ProofError

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

# SQLSTATE classes of values that do not fit (https://www.postgresql.org/docs/17/errcodes-appendix.html): data exception,
# integrity constraint violation. Not the foreign key that cannot be declared (42830), which no row is to blame for.
_ROWS = ("22", "23")
_NOT_NULL = ("23502", "23514")
# Nothing is wrong with the SQL: too many connections, out of memory, cancelled, a lock that was not to be had.
_SURROUNDINGS = ("53", "57", "58", "08")
_LOCK = "55P03"
# insufficient_privilege: the role that applies migrations lacks a right, which no other SQL would give it.
_PRIVILEGE = "42501"
REPORT = "inv schema-diff --from {source} --to {target} --report schema-report.sql"
_SHOWN = 3


def refusal(error: MigrationError, operations: Iterable[MigrateOperation]) -> MigrationError | ProofError:
    """What to raise in the place of `error`, the failure of a planned file made of `operations`."""
    state = str(error.data.get("sqlstate") or "")
    if error.code != "migration-failed" or state[:2] in _SURROUNDINGS or state == _LOCK:
        return error
    statement = str(error.data["statement"])
    objects = list(dict.fromkeys(_objects(statement, operations)))
    data = {**error.data, "objects": [f"{kind} {'.'.join(identity)}" for kind, identity in objects]}
    # The file has a name that it never got.
    del data["file"]
    if state[:2] in _ROWS:
        return _rows(error, objects, state, data)
    if state == _PRIVILEGE:
        return _forbidden(error, objects, data)
    return ProofError(
        f"the plan for {_object_list(data['objects'], statement)} does not run: {error.data['postgres_message']}",
        cause=f"this is a fault of supabase-tasks, not of your schema; nothing was written\n{error.cause}",
        next_step=f"{REPORT.format(source='migrations', target='models')}  (writes both schemas, without rows or secrets, for a"
        " bug report; until it is mended: inv schema-generate --custom)",
        code="plan-refused",
        data=data,
    )


def redirect(error: ProofError, source: str, target: str) -> ProofError:
    """The same failure of a plan between two other sides than migrations and models."""
    if error.code == "plan-refused" and error.next_step:
        sides = (shlex.quote(source), shlex.quote(target))
        default = REPORT.format(source="migrations", target="models")
        error.next_step = error.next_step.replace(default, REPORT.format(source=sides[0], target=sides[1]))
    return error


def _forbidden(
    error: MigrationError, objects: Sequence[tuple[str, tuple[str, ...]]], data: dict[str, Any]
) -> ProofError:
    listed = _object_list(data["objects"], str(error.data["statement"]))
    patterns = [f'"{kind}:{".".join(identity)}"' for kind, identity in objects[:_SHOWN]]
    return ProofError(
        f"the role that applies migrations may not do this: {listed}: {error.data['postgres_message']}",
        cause="it is no superuser, here as on hosted Supabase, and no member of every role; the plan was tried on a copy, nothing"
        f" was written\n{error.cause}",
        next_step="let a superuser do it, and leave it out of the comparison with `ignore` in [tool.supabase-tasks]"
        + (f": {', '.join(patterns)}" if patterns else ""),
        code="not-allowed",
        data=data,
    )


def _rows(
    error: MigrationError, objects: Sequence[tuple[str, tuple[str, ...]]], state: str, data: dict[str, Any]
) -> ProofError:
    columns = [join_dotted(*identity) for kind, identity in objects if kind == "column"]
    if state in _NOT_NULL and columns:
        next_step = f"say what such rows get: inv schema-generate --default {shlex.quote(columns[0])}=<SQL expression>"
    else:
        next_step = "correct these rows in a migration before it: inv schema-generate --custom --name correct_rows"
    return ProofError(
        f"the rows that the migrations insert do not fit {_object_list(data['objects'], str(error.data['statement']))}:"
        f" {error.data['postgres_message']}",
        cause=f"the plan was tried on a copy with these rows; nothing was written\n{error.cause}",
        next_step=next_step,
        code="rows-do-not-fit",
        data=data,
    )


def _object_list(objects: Sequence[str], statement: str) -> str:
    if not objects:
        return repr(statement.splitlines()[0][:60])
    more = f" and {len(objects) - _SHOWN} more" if len(objects) > _SHOWN else ""
    return ", ".join(objects[:_SHOWN]) + more


def _objects(statement: str, operations: Iterable[MigrateOperation]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The objects that a statement of the plan is about. Several clauses of one table are one statement."""
    from supabase_tasks.diff.ddl.render import script

    wanted = _squeeze(statement)
    for operation in _flat(operations):
        clause = getattr(operation, "clause", None)
        texts = [clause] if isinstance(clause, str) else script([operation])
        relation = getattr(operation, "relation", "")
        if relation in wanted and any(_squeeze(text) in wanted for text in texts if text.strip()):
            yield _identity(operation)


def _flat(operations: Iterable[Any]) -> Iterator[Any]:
    for operation in operations:
        inner = getattr(operation, "ops", None)
        if inner:
            yield from _flat(inner)
        else:
            yield operation


def _identity(operation: Any) -> tuple[str, tuple[str, ...]]:
    kind = getattr(operation, "kind", None)
    if kind is not None:
        return str(kind), tuple(operation.identity)
    for attribute, name in (("index_name", "index"), ("constraint_name", "constraint"), ("table_name", "table")):
        if found := getattr(operation, attribute, None):
            return name, (operation.schema or "public", str(found))
    return type(operation).__name__, ()


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().rstrip(";")
