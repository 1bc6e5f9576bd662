"""The proof: the files, applied to a clone of the current database, must make it equal to the desired one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from time import time_ns
from typing import TYPE_CHECKING

from supabase_tasks.diff import dump, survival
from supabase_tasks.diff.scope import Scope
from supabase_tasks.errors import ProofError

if TYPE_CHECKING:
    from supabase_tasks.diff.plan import Plan, PlannedFile
    from supabase_tasks.diff.snapshot import Snapshot
    from supabase_tasks.postgres import Server
    from supabase_tasks.settings import Settings

Residue = list[dict[str, str | None]]


def prove(
    server: Server,
    settings: Settings,
    template: str,
    plan: Plan,
    desired_database: str,
    *,
    clone: str | None = None,
    dumped: Callable[[], str] | None = None,
    seen: Snapshot | None = None,
) -> None:
    """Apply `plan.files` to a clone of `template` exactly as the CLI does and compare it with `desired_database`.

    Equal means: by our own snapshot and by a normalised `pg_dump --schema-only`. Nobody may be connected to `template`.
    A caller that has them already gives an unaltered `clone` of the template, what returns the dump of the desired
    database, and the desired database as it was `seen`, unchanged since.
    Rows that are in the template (migrations insert some) must survive, but for losses that the plan names.
    Raises `ProofError` (data: `residue`, a list of `{"object", "current", "desired"}`) when they differ or rows are
    lost, `MigrationError` when a file does not apply.
    """
    scope = Scope(settings.ignore)
    dumped = dumped or partial(server.dump_schema, desired_database)
    with ThreadPoolExecutor(3) as pool, nullcontext(clone) if clone else server.scratch(template) as database:
        wanted = pool.submit(_parsed, dumped, scope)
        snapshot = pool.submit(lambda: seen or _snapshot(server, desired_database, scope))
        held = _held(server, database)
        apply(server, database, plan.files)
        reached = pool.submit(_parsed, partial(server.dump_schema, database), scope)
        residue = compare(_snapshot(server, database, scope), snapshot.result())
        residue += dump.differences(reached.result(), wanted.result())
        losses = survival.lost(held, _held(server, database), _allowed(plan)) if held else []
    if residue:
        raise failure(residue)
    if losses:
        raise rows_lost(losses)


def apply(server: Server, database: str, files: Sequence[PlannedFile]) -> None:
    """Apply the files to `database` in order, under versions that no real file has. Raises `MigrationError`."""
    from supabase_tasks.postgres import apply_file
    from supabase_tasks.postgres.replay import create_history_table

    with server.migrator(database) as connection:
        create_history_table(connection)
        for number, file in enumerate(files):
            apply_file(connection, file.sql, version=f"9{time_ns()}{number:03}", name=file.name_hint)


def _held(server: Server, database: str) -> Mapping[int, survival.Held]:
    with server.admin(database) as connection:
        return survival.count(connection)


def _allowed(plan: Plan) -> frozenset[str]:
    return frozenset(hazard.relation for hazard in plan.hazards if hazard.code == "data-loss")


def _parsed(dumped: Callable[[], str], scope: Scope) -> Mapping[dump.Entry, str]:
    return dump.parse(dumped(), scope)


def _snapshot(server: Server, database: str, scope: Scope) -> Snapshot:
    from supabase_tasks.diff.snapshot import take

    with server.connect(database) as connection:
        return take(connection, scope)


def compare(current: Snapshot, desired: Snapshot) -> Residue:
    """What our own snapshot still tells apart."""
    found: Residue = []
    for key in sorted(current.items.keys() | desired.items.keys()):
        old, new = current.items.get(key), desired.items.get(key)
        if old != new:
            texts = [None if item is None else repr(item) for item in (old, new)]
            found.append({"object": f"{key[0]} {'.'.join(key[1])}", "current": texts[0], "desired": texts[1]})
    return found


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
        f"the migration does not lead to the models: {len(names)} object{'s' if len(names) > 1 else ''} differ",
        cause="\n".join(names[:20]),
        next_step="write the rest by hand (inv schema-generate --custom), or leave it out with `ignore` in the settings",
        data={"residue": residue},
    )
