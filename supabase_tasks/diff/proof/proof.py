"""The proof: the files, applied to a clone of the current database, must make it equal to the desired one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import time_ns
from typing import TYPE_CHECKING, Any

from supabase_tasks import wording
from supabase_tasks.background import BackgroundTask
from supabase_tasks.diff import column_places
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.unmade import without_unmade
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.proof import dump, refusals, row_counts
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import MigrationError, ProofError

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.plan.result import Plan, PlannedFile
    from supabase_tasks.postgres import Server
    from supabase_tasks.settings import Settings

Residue = list[dict[str, str | None]]


@dataclass(frozen=True, slots=True)
class ProofInput:
    """What a proof is made of: the unaltered `copy` of the current database with a migrator's `connection` to it (both stay
    the caller's), the desired database as it was read, and its dump, which may still be on its way. `versions` are the
    version and name under which each file is recorded in the copy."""

    server: Server
    scope: Scope
    plan: Plan
    copy: str
    connection: psycopg.Connection[Any]
    desired: Snapshot
    desired_dump: BackgroundTask[Mapping[dump.Entry, str]]
    versions: Sequence[tuple[str, str]] = ()
    # The database that `copy` was made of.
    template: str = ""
    # The rows in the copy where they were counted before; counted now otherwise.
    held: Mapping[int, row_counts.RowCount] | None = None


def prove(server: Server, settings: Settings, template: str, plan: Plan, desired_database: str) -> None:
    """Apply `plan.files` to a clone of `template` exactly as the CLI does and compare it with `desired_database`.

    Equal means: by our own snapshot and by a normalised `pg_dump --schema-only`. No session may be connected to `template`.
    Rows that are in the template (migrations insert some) must survive, but for losses that the plan names.
    Raises `ProofError` (data: `residue`, a list of `{"object", "current", "desired"}`) when they differ or rows are
    lost, and when PostgreSQL refuses a file (`refusals`).
    """
    scope = Scope(settings.ignore)
    with (
        server.scratch(template) as copy,
        server.migrator(copy) as connection,
        server.connect(desired_database) as desired,
    ):
        seen = read_snapshot(desired, scope)
        dumped = BackgroundTask(lambda: dump.take(server, desired_database, scope))
        prove_on_copy(ProofInput(server, scope, plan, copy, connection, seen, dumped, template=template))


def prove_on_copy(given: ProofInput) -> None:
    """`prove` on a copy that is there already. Raises as it does."""
    held = row_counts.count(given.connection) if given.held is None else given.held
    try:
        apply_files(given.connection, given.plan.files, given.versions)
    except MigrationError as error:
        raise refusals.refusal(error, given.plan.operations) from error
    reached = BackgroundTask(lambda: dump.take(given.server, given.copy, given.scope, like=given.desired_dump))
    # What the files have set must not change how they are read, nor how long that may take.
    given.connection.execute("RESET ROLE")
    given.connection.execute("RESET ALL")
    residue = compare(read_snapshot(given.connection, given.scope, like=given.desired), given.desired)
    unmade = _unmade_entries(given.desired)
    unread = [
        one
        for one in dump.differences(reached.result(), given.desired_dump.result())
        if str(one["object"]) not in unmade
    ]
    known = bool(residue)
    residue += unread
    losses = _lost_rows(held, given.connection, given.plan) if held else []
    if unread and not known and _is_untouched(unread, given, reached.result()):
        raise unplanned_error(unread, given.plan)
    if residue:
        raise failure(residue)
    if losses:
        raise rows_lost(losses)


def apply(server: Server, database: str, files: Sequence[PlannedFile]) -> None:
    """Apply the files to `database` in order, under versions that no real file has. Raises `MigrationError`."""
    with server.migrator(database) as connection:
        apply_files(connection, files)


def apply_files(
    connection: psycopg.Connection[Any], files: Sequence[PlannedFile], versions: Sequence[tuple[str, str]] = ()
) -> None:
    """`apply` over a migrator's connection that is there; `versions` are the version and name to record each file under.
    What the files have set stays set."""
    from supabase_tasks.postgres.replay import apply_file, create_history_table

    create_history_table(connection)
    for number, file in enumerate(files):
        version, name = versions[number] if versions else (f"9{time_ns()}{number:03}", file.name_hint)
        apply_file(connection, file.sql, version=version, name=name)


def _unmade_entries(desired: Snapshot) -> frozenset[str]:
    """What a dump calls such objects and what it says of them: it leaves them out."""
    found: set[str] = set()
    for key, item in desired.items.items():
        if not item.can_be_made:
            schema, name = key[1]
            found |= {f"{word} {schema}.{name}" for word in (key[0], f"{key[0]} attach")}
            found.add(f"comment {schema}.{key[0].upper()} {ident(name)}")
    return frozenset(found)


def _is_untouched(residue: Residue, given: ProofInput, reached: Mapping[dump.Entry, str]) -> bool:
    """Whether no statement of the plan had to do with what is left over: it is in the copy as it was before."""
    if not given.template:
        return False
    changed = dump.differences(dump.take(given.server, given.template, given.scope), reached)
    return {one["object"] for one in residue}.isdisjoint(one["object"] for one in changed)


def unplanned_error(residue: Residue, plan: Plan) -> ProofError:
    """The error for objects that differ, and that no kind reads, with changes that could be planned."""
    names = list(dict.fromkeys((*plan.unmodelled, *(str(item["object"]) for item in residue))))
    return ProofError(
        "the schemas also differ in objects that supabase-tasks cannot write SQL for",
        cause="\n".join(names[:20]),
        next_step="write these by hand first (inv schema-generate --custom), or list them in `ignore` in the settings",
        code="unmodelled",
        data={"residue": residue, **plan.as_json(), "unmodelled": names, "written": []},
    )


_UPDATE = re.compile(r"^UPDATE (.+?) SET ", re.MULTILINE)


def _lost_rows(held: Mapping[int, row_counts.RowCount], connection: psycopg.Connection[Any], plan: Plan) -> list[str]:
    updated = frozenset(name for file in plan.files for name in _UPDATE.findall(file.sql))
    return row_counts.find_losses(held, row_counts.count(connection), _allowed_losses(plan), updated)


def _allowed_losses(plan: Plan) -> frozenset[str]:
    return frozenset(hazard.relation for hazard in plan.hazards if hazard.code == "data-loss")


def compare(current: Snapshot, desired: Snapshot) -> Residue:
    """The differences that our own snapshot still shows."""
    found: Residue = []
    desired = without_unmade(current, desired)
    for key in sorted(current.items.keys() | desired.items.keys()):
        old, new = current.items.get(key), desired.items.get(key)
        if old != new:
            texts = [None if item is None else repr(item) for item in (old, new)]
            found.append({"object": f"{key[0]} {'.'.join(key[1])}", "current": texts[0], "desired": texts[1]})
    return found + _other_columns(current, desired)


def _other_columns(current: Snapshot, desired: Snapshot) -> Residue:
    """What has the same text on both sides, names columns by their places, and so reads others."""
    uses = list(column_places.uses(desired.items))
    tables = {use.table for use in uses}
    now, then = (column_places.columns(side.items, tables) if tables else {} for side in (current, desired))
    return [
        {
            "object": f"{key[0]} {'.'.join(key[1])}",
            "current": f"{table} has {', '.join(now.get(table, ()))}",
            "desired": f"{table} has {', '.join(then[table])}",
        }
        for key, table in uses
        if now.get(table) != then.get(table)
    ]


def rows_lost(losses: Sequence[str]) -> ProofError:
    """The error for rows that did not survive."""
    return ProofError(
        "the migration would lose rows",
        cause="\n".join(losses),
        next_step="say what was renamed (--rename old:new), or write the change by hand: inv schema-generate --custom",
        code="rows-lost",
        data={"losses": list(losses)},
    )


def failure(residue: Residue) -> ProofError:
    """The error that names what is left over."""
    names = list(dict.fromkeys(str(item["object"]) for item in residue))
    return ProofError(
        f"the generated migration is wrong: {wording.count(len(names), 'object')} would still differ from the models",
        cause="\n".join(names[:20]),
        next_step="write the rest by hand (inv schema-generate --custom), or leave it out with `ignore` in the settings",
        data={"residue": residue},
    )
