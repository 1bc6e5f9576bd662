"""Reset of a hosted target: show what is lost, dump it, `db reset` by URL, `db push`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks import progress
from supabase_tasks.cli import SupabaseCli
from supabase_tasks.errors import CliError, TaskError, TaskInterrupted
from supabase_tasks.flow.targets import backup, change, hosted_target, verification
from supabase_tasks.flow.targets.backup import Backup
from supabase_tasks.flow.targets.change import HostedChange
from supabase_tasks.flow.targets.hosted_target import OnLine, TargetInfo
from supabase_tasks.flow.targets.session import TargetSession
from supabase_tasks.guard import migration_text, promotion
from supabase_tasks.ledger.files import MigrationFile, reject_unreadable

if TYPE_CHECKING:
    import psycopg

_LOST = """\
select format('%%I.%%I', c.relnamespace::regnamespace, c.relname), greatest(c.reltuples, 0)::bigint,
       pg_total_relation_size(c.oid)
  from pg_class c where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text = any (%s)
 order by 3 desc, 1
"""


@dataclass(frozen=True, slots=True)
class LostTable:
    """A table whose rows a reset destroys: the planner's estimate of their number, and the size in bytes."""

    table: str
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class ResetPlan:
    """What a reset would destroy and what it would then apply; `vault` names the secrets that config.toml has the CLI
    write."""

    info: TargetInfo
    lost: tuple[LostTable, ...]
    users: int
    files: tuple[MigrationFile, ...]
    waiver: str | None = None
    vault: tuple[str, ...] = ()
    seed: bool = False
    seeds: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.info.as_json(),
            "lost": [{"table": one.table, "rows_estimated": one.rows, "bytes": one.size} for one in self.lost],
            "auth_users": self.users,
            "files": [file.path.name for file in self.files],
            "seed": self.seed,
            "vault": list(self.vault),
        }


@dataclass(frozen=True, slots=True)
class Reset:
    """A finished reset: the files that ran, the dump taken before, the seconds it took."""

    files: tuple[MigrationFile, ...]
    backup: Backup
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "applied": [file.path.name for file in self.files],
            "dump": str(self.backup.path),
            "restore": self.backup.restore,
            "seconds": round(self.seconds, 2),
        }


def plan(target: TargetSession, *, seed: bool = False, waiver: str | None = None) -> ResetPlan:
    """What a reset would do now. Raises `GuardError` for a file that no hosted database takes, or when the target before
    this one has not run every file (unless `waiver` gives a reason)."""
    hosted = target.hosted
    target.require_migrations()
    reject_unreadable(hosted.settings)
    files = hosted.files()
    # `refuse` reads every file, and its bytes are kept: what is judged here is what runs.
    migration_text.refuse(hosted.target.name, files, files)
    source = hosted.target.settings.promote_from
    if source and not waiver:
        unpromoted = promotion.unpromoted_migrations(files, hosted_target.rows_of(hosted.settings, source))
        if unpromoted:
            raise promotion.refuse(hosted.target.name, source, unpromoted)
    connection = hosted.connection
    rows = connection.execute(_LOST, (backup.user_schemas(connection),)).fetchall()
    lost = tuple(LostTable(table, count, size) for table, count, size in rows)
    seeds = target.workdir.configuration.seeds(hosted.settings) if seed else {}
    vault = target.workdir.configuration.vault(hosted.target.ref)
    return ResetPlan(hosted.info, lost, _users(connection), files, waiver, vault, seed, seeds)


def execute(target: TargetSession, planned: ResetPlan, on_line: OnLine) -> Reset:
    """Dumps, resets and pushes while holding the target's lock.

    Raises `GuardError` when another change is running, `DatabaseError` when the dump fails (nothing was touched then),
    and the CLI's failure with the command that restores the dump.
    """
    begun = time.monotonic()
    hosted = target.hosted
    target.workdir.hold(planned.files, planned.seeds)
    progress.step(f"dumping {hosted.target.name}")
    with change.locked_change(target, "reset") as running:
        saved = backup.dump(hosted)
        on_line(f"dumped to {saved.path}")
        on_line(f"to restore it: {saved.restore}")
        progress.step(f"resetting {hosted.target.name}")
        failure = _run(running, planned, saved)
    rows = verification.rows(hosted, failure)
    ran = verification.verified_migrations(planned.files, rows)
    running.end(failure, applied=[file.version for file in ran])
    try:
        verification.check(
            hosted.target, planned.files, ran, failure, verification.unplanned_versions((), planned.files, rows)
        )
    except TaskInterrupted as error:
        again = f"inv supabase-db-reset-{hosted.target.name}; or restore: {saved.restore}"
        raise TaskInterrupted(f"{error.state}; the state before is in {saved.path}", next_step=again) from error
    except TaskError as error:
        raise _with_restore(error, saved) from error
    verification.meanwhile(hosted, planned.files, on_line)
    return Reset(ran, saved, time.monotonic() - begun)


def _run(running: HostedChange, planned: ResetPlan, saved: Backup) -> CliError | None:
    database = running.target.hosted.database

    def reset(cli: SupabaseCli) -> None:
        cli.reset(database, seed=planned.seed)
        cli.push(database)

    return running.run(reset, dump=saved.path, waiver=planned.waiver)


def _with_restore(error: TaskError, saved: Backup) -> TaskError:
    again = error.next_step or "repair the cause, then run the same command again"
    return type(error)(
        error.message,
        cause="\n".join(filter(None, (error.cause, f"the state before the reset is in {saved.path}"))),
        next_step=f"{again}; or restore: {saved.restore}",
        code=error.code,
        data={**error.data, "dump": str(saved.path), "restore": saved.restore},
    )


def _users(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("select to_regclass('auth.users') is not null").fetchone()
    if not row or not row[0]:
        return 0
    counted = connection.execute("select count(*) from auth.users").fetchone()
    return int(counted[0]) if counted else 0
