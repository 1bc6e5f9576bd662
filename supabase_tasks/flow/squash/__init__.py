"""`migrations-squash`: many migrations become one, proven to leave the same database, rows included."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import postgres, wording
from supabase_tasks.errors import DiffError, MigrationError, ProofError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.schema.request import Request, plan_between
from supabase_tasks.flow.schema.schema_diff import global_differences
from supabase_tasks.flow.squash import carried, platform_effects, rows, targets
from supabase_tasks.flow.squash.targets import AppliedTarget
from supabase_tasks.interrupts import HeldBack
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger import squashed
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.postgres import history
from supabase_tasks.postgres.global_objects import GlobalObjects
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Squash:
    """The plan, proven: `replaced` become `path` with the text `sql`; the ledgers of `applied` are to be repaired."""

    replaced: tuple[MigrationFile, ...]
    path: Path
    sql: str
    tables_with_rows: tuple[str, ...]
    applied: tuple[AppliedTarget, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A database as the proof sees it: our snapshot, pg_dump's objects, the rows."""

    snapshot: Snapshot
    dump: dict[tuple[str, str, str], str]
    rows: dict[rows.Table, str]
    platform: dict[str, str]
    globals: GlobalObjects


def plan(
    settings: Settings,
    *,
    name: str = "squashed",
    to: str | None = None,
    repair: Collection[str] = (),
    fresh: Collection[str] = (),
) -> Squash:
    """The squash of all migrations behind the baseline, up to the version `to`, proven; nothing is written.

    Raises `MigrationError` for too few files or an unknown version, `GuardError` as `targets.check_targets` does, `DiffError`
    for what a squash cannot hold, `ProofError` when the result is not the same database.
    """
    files = ledger.read(settings)
    ground, replaced, rest = _part(settings, files, to)
    applied = targets.check_targets(settings, replaced, repair=repair, fresh=fresh)
    server = postgres.shadow(settings)
    sql, tables = _write(server, settings, ground, replaced)
    last = replaced[-1]
    path = last.path.with_name(f"{last.version}_{ledger.slug(name)}.sql")
    _prove(server, settings, files, (*ground, _draft(path, sql), *rest))
    return Squash(replaced, path, sql, tuple(".".join(table) for table in tables), applied)


def _part(
    settings: Settings, files: Sequence[MigrationFile], to: str | None
) -> tuple[tuple[MigrationFile, ...], tuple[MigrationFile, ...], tuple[MigrationFile, ...]]:
    if to is not None and to not in {file.version for file in files}:
        raise MigrationError(
            f"there is no migration of version {to}", next_step="inv supabase-status", code="unknown-version"
        )
    start = next((i for i, file in enumerate(files) if file.path.name not in settings.baseline), len(files))
    end = len(files) if to is None else next(i for i, file in enumerate(files) if file.version == to) + 1
    chosen = tuple(files[start:end])
    if any(file.path.name in settings.baseline for file in chosen):
        raise MigrationError(
            "a baseline migration lies between those to be squashed", next_step="squash up to it: --to"
        )
    if len(chosen) < 2:
        raise MigrationError(
            f"there is nothing to squash: {wording.count(len(chosen), 'migration')} behind the baseline",
            code="nothing-to-squash",
        )
    return tuple(files[:start]), chosen, tuple(files[end:])


def _write(
    server: postgres.Server, settings: Settings, ground: Sequence[MigrationFile], replaced: Sequence[MigrationFile]
) -> tuple[str, Sequence[rows.Table]]:
    """The squash's text and the tables that it fills."""
    # The roles of a history belong to the cluster and are there while its template was the last one asked for.
    before = postgres.history_template(server, settings, ground)
    after = postgres.history_template(server, settings, (*ground, *replaced))
    with server.scratch(before) as current, server.scratch(after) as desired:
        with server.connect(current) as left, server.connect(desired) as right:
            tables = rows.changed_tables(rows.fingerprints(left), rows.fingerprints(right))
        inserts = rows.dump(server, desired, tables)
        patient = replace(settings, ignore=(), lock_timeout="0", statement_timeout="0")
        try:
            made = plan_between(server, patient, before, desired, Request(), compare_dumps=False)
        except DiffError as error:
            raise _not_squashable("\n".join(filter(None, (error.message, error.cause)))) from error
    if made.unmodelled or len(made.files) > 1:
        raise _not_squashable(
            ", ".join(made.unmodelled[:20]) or "enum values are added and used: they need two transactions"
        )
    roles = "".join(f"{text};\n" for text in carried.statements(replaced))
    effects = "".join(f"{text};\n" for text in platform_effects.statements(replaced))
    parts = (squashed.header(replaced), roles, *(file.sql for file in made.files), inserts, effects)
    return "\n".join(part for part in parts if part), tables


def _not_squashable(cause: str) -> DiffError:
    return DiffError(
        "a squash cannot hold all of it",
        cause=cause,
        next_step="keep those statements in a migration of their own and squash up to it: --to VERSION",
        code="not-squashable",
    )


def _draft(path: Path, sql: str) -> MigrationFile:
    version, name = path.stem.split("_", 1)
    file = MigrationFile(path, version, name)
    # The text exists before the file does: nothing is written until it is proven.
    file.__dict__["data"] = sql.encode()
    return file


def _prove(
    server: postgres.Server, settings: Settings, old: Sequence[MigrationFile], new: Sequence[MigrationFile]
) -> None:
    from supabase_tasks.diff.proof import dump, proof

    before, after = _state(server, settings, old), _apply(server, settings, new)
    residue = (
        _name_differences(after.platform, before.platform)
        + proof.compare(after.snapshot, before.snapshot)
        + dump.differences(after.dump, before.dump)
    )
    residue += [
        {"object": f"rows of {'.'.join(table)}", "current": after.rows.get(table), "desired": before.rows.get(table)}
        for table in sorted(before.rows.keys() | after.rows.keys())
        if before.rows.get(table) != after.rows.get(table)
    ]
    residue += [
        {"object": line, "current": None, "desired": None}
        for line in global_differences(settings, after.globals, before.globals)
    ]
    if residue:
        names = list(dict.fromkeys(str(item["object"]) for item in residue))
        raise ProofError(
            f"the squash would not be the same database: {wording.count(len(names), 'difference')}",
            cause="\n".join(names[:20]),
            next_step="keep what they come from in a migration of its own and squash up to it: --to VERSION",
            data={"residue": residue},
        )


def _name_differences(current: Mapping[str, str], desired: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Objects of the platform's schemas that are not the same in both."""
    different = sorted(name for name in current.keys() | desired.keys() if current.get(name) != desired.get(name))
    return [{"object": name, "current": current.get(name), "desired": desired.get(name)} for name in different]


def _apply(server: postgres.Server, settings: Settings, files: Sequence[MigrationFile]) -> _State:
    """The state with the squash. It is no file yet, so its failure is not one of a file to be corrected."""
    try:
        return _state(server, settings, files)
    except MigrationError as error:
        statement = " ".join(str(error.data.get("statement", "")).split())
        raise ProofError(
            f"the squash would not apply: {error.data.get('postgres_message', error.message)}",
            cause=f"at: {statement[:60]}",
            next_step="keep what it comes from in a migration of its own and squash up to it: --to VERSION",
            code="not-squashable",
        ) from error


def _state(server: postgres.Server, settings: Settings, files: Sequence[MigrationFile]) -> _State:
    from supabase_tasks.diff.proof import dump
    from supabase_tasks.diff.reader import read_snapshot

    template = postgres.history_template(server, settings, files)
    with server.scratch(template) as database, server.connect(database) as connection:
        schema = dict(dump.parse(server.dump_schema(database)))
        platform = dict(platform_effects.objects(connection))
        shared = history.global_objects_of(server, settings, files)
        return _State(read_snapshot(connection), schema, dict(rows.fingerprints(connection)), platform, shared)


def write(squash: Squash, repair: Callable[[AppliedTarget], None]) -> None:
    """Put the squash in the place of the files it replaces, then let `repair` put right each target's ledger.

    When the first repair fails, the old files are put back. Raises what `repair` raises.
    """
    kept = {file.path: file.data for file in squash.replaced}
    with HeldBack() as held:
        held.begin()
        for path in kept:
            path.unlink()
        write_atomic(squash.path, squash.sql)
    for number, applied in enumerate(squash.applied):
        try:
            repair(applied)
        except BaseException:
            if number == 0:
                squash.path.unlink()
                for path, data in kept.items():
                    path.write_bytes(data)
            raise
