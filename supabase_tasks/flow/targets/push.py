"""Push to a hosted target: link, plan, confirm, lock, `db push`, and a look at what really ran."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import progress
from supabase_tasks.cli import SupabaseCli, linked_project
from supabase_tasks.errors import CliError, GuardError
from supabase_tasks.flow.targets import change, history_report, hosted_target, sql_hazards, verification
from supabase_tasks.flow.targets.change import HostedChange
from supabase_tasks.flow.targets.hosted_target import HostedTarget, TargetInfo
from supabase_tasks.flow.targets.session import TargetSession
from supabase_tasks.guard import migration_text, promotion
from supabase_tasks.guard.history import History
from supabase_tasks.ledger.files import MigrationFile, reject_unreadable

if TYPE_CHECKING:
    from supabase_tasks.diff.ddl.hazards import Hazard


@dataclass(frozen=True, slots=True)
class PushPlan:
    """What a push would do: the files with their hazards, in order, and the target's ledger as it was read.

    `waiver` is the reason given for files that the target before this one has not run, `vault` the names of secrets that
    config.toml has the CLI write.
    """

    info: TargetInfo
    history: History
    files: tuple[MigrationFile, ...]
    hazards: tuple[tuple[MigrationFile, tuple[Hazard, ...]], ...]
    include_all: bool = False
    waiver: str | None = None
    vault: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[MigrationFile, ...]:
        """Every migration file as it was read for the plan: what the CLI may see."""
        return tuple(entry.file for entry in self.history.entries if entry.file)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.info.as_json(),
            "applied": len(self.history.rows),
            "pending": [
                {
                    "file": file.path.name,
                    "version": file.version,
                    "sql": file.text,
                    "hazards": [hazard.as_json() for hazard in found],
                }
                for file, found in self.hazards
            ],
            "without_promotion": self.waiver,
            "vault": list(self.vault),
        }


@dataclass(frozen=True, slots=True)
class PushResult:
    """The files that ran, as the target's own history confirms, the seconds it took, and what changed in
    supabase/migrations meanwhile, which did not run."""

    files: tuple[MigrationFile, ...]
    seconds: float
    meanwhile: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "pushed": [file.path.name for file in self.files],
            "seconds": round(self.seconds, 2),
            "changed_meanwhile": list(self.meanwhile),
        }


def plan(target: TargetSession, *, include_all: bool = False, waiver: str | None = None) -> PushPlan:
    """What a push would do now. Raises `GuardError` when the target's ledger and the files contradict each other, for
    a pending file that no hosted database takes, or when the target before this one has not run what is pending (unless
    `waiver` gives a reason)."""
    hosted = target.hosted
    target.require_migrations()
    reject_unreadable(hosted.settings)
    found = hosted.history()
    _read_all(found)
    history_report.require_consistent_history(hosted.target.name, found, include_all=include_all)
    files = found.pending
    if include_all:
        files = tuple(entry.file for entry in found.of("pending", "out-of-order") if entry.file)
    migration_text.refuse(hosted.target.name, files, [entry.file for entry in found.entries if entry.file])
    source = hosted.target.settings.promote_from
    if source and files and not waiver:
        unpromoted = promotion.unpromoted_migrations(files, hosted_target.rows_of(hosted.settings, source))
        if unpromoted:
            raise promotion.refuse(hosted.target.name, source, unpromoted)
    vault = target.workdir.configuration.vault(hosted.target.ref)
    return PushPlan(hosted.info, found, files, sql_hazards.scan(files), include_all, waiver, vault)


def _read_all(found: History) -> None:
    # What is shown is what runs: a file's bytes are kept from its first reading.
    for entry in found.entries:
        if entry.file:
            _ = entry.file.data


def execute(target: TargetSession, planned: PushPlan) -> PushResult:
    """Runs what was planned, and nothing else, while holding the target's lock.

    Raises `GuardError` when target or files changed since the plan, or another change is running; otherwise the CLI's
    failure, with what ran until then in `data` (`applied`, `remaining`) and a next step.
    """
    begun = time.monotonic()
    hosted = target.hosted
    known = planned.known
    target.workdir.hold(known)
    progress.step(f"pushing to {hosted.target.name}")
    with change.locked_change(target, "push", versions=[file.version for file in planned.files]) as running:
        _refuse_changes(hosted, planned)
        failure = _run(running, planned)
    rows = verification.rows(hosted, failure)
    applied = verification.verified_migrations(planned.files, rows)
    running.end(failure, applied=[file.version for file in applied])
    meanwhile = verification.meanwhile(hosted, known, target.on_line)
    unplanned = verification.unplanned_versions(planned.history.rows, planned.files, rows)
    verification.check(hosted.target, planned.files, applied, failure, unplanned)
    return PushResult(applied, time.monotonic() - begun, meanwhile)


def _run(running: HostedChange, planned: PushPlan) -> CliError | None:
    hosted = running.target.hosted
    project = hosted.target
    # A given URL is the way that was checked; else the ref is named, which neither a link nor a variable overrules.
    database = hosted.database if project.given else linked_project(project.ref, password=project.password)
    heard: list[str] = []

    def hear(line: str) -> None:
        heard.append(line)
        running.target.on_line(line)

    def push(cli: SupabaseCli) -> None:
        cli.push(database, include_all=planned.include_all)
        verification.refuse_other_words(project, heard)

    return running.run(push, on_line=hear, waiver=planned.waiver)


def _refuse_changes(hosted: HostedTarget, planned: PushPlan) -> None:
    now = hosted.history()
    same_files = [(file.path.name, file.digest) for file in hosted.files()] == [
        (file.path.name, file.digest) for file in planned.known
    ]
    if now.rows != planned.history.rows or not same_files:
        raise GuardError(
            f"{hosted.target.name} or the migration files changed after the plan was shown: nothing was pushed",
            next_step=f"inv supabase-db-push-{hosted.target.name}",
            code="changed-meanwhile",
        )
