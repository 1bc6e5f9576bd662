"""Push to a hosted target: link, plan, confirm, lock, `db push`, and a look at what really ran."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import progress
from supabase_tasks.cli import SupabaseCli, linked
from supabase_tasks.errors import CliError, GuardError
from supabase_tasks.flow.targets import change, history_report, hosted, sql_hazards, verification
from supabase_tasks.flow.targets.change import HostedChange
from supabase_tasks.flow.targets.hosted import Hosted, TargetInfo
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

    where: TargetInfo
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
            **self.where.as_json(),
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
class Pushed:
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
    hosted_ = target.hosted
    target.require_migrations()
    reject_unreadable(hosted_.settings)
    found = hosted_.history()
    _read_all(found)
    history_report.refuse_contradictions(hosted_.target.name, found, include_all=include_all)
    files = found.pending
    if include_all:
        files = tuple(entry.file for entry in found.of("pending", "out-of-order") if entry.file)
    migration_text.refuse(hosted_.target.name, files, [entry.file for entry in found.entries if entry.file])
    source = hosted_.target.settings.promote_from
    if source and files and not waiver:
        unpromoted = promotion.unpromoted(files, hosted.rows_of(hosted_.settings, source))
        if unpromoted:
            raise promotion.refuse(hosted_.target.name, source, unpromoted)
    vault = target.workdir.configuration.vault(hosted_.target.ref)
    return PushPlan(hosted_.where, found, files, sql_hazards.of(files), include_all, waiver, vault)


def _read_all(found: History) -> None:
    # What is shown is what runs: a file's bytes are kept from its first reading.
    for entry in found.entries:
        if entry.file:
            _ = entry.file.data


def execute(target: TargetSession, planned: PushPlan) -> Pushed:
    """Runs what was planned, and nothing else, while holding the target's lock.

    Raises `GuardError` when target or files changed since the plan, or another change is running; otherwise the CLI's
    failure, with what ran until then in `data` (`applied`, `remaining`) and a next step.
    """
    begun = time.monotonic()
    hosted_ = target.hosted
    known = planned.known
    target.workdir.hold(known)
    progress.step(f"pushing to {hosted_.target.name}")
    with change.locked(target, "push", versions=[file.version for file in planned.files]) as running:
        _refuse_changes(hosted_, planned)
        failure = _run(running, planned)
    rows = verification.rows(hosted_, failure)
    applied = verification.applied(planned.files, rows)
    running.end(failure, applied=[file.version for file in applied])
    meanwhile = verification.meanwhile(hosted_, known, target.on_line)
    unplanned = verification.unplanned(planned.history.rows, planned.files, rows)
    verification.check(hosted_.target, planned.files, applied, failure, unplanned)
    return Pushed(applied, time.monotonic() - begun, meanwhile)


def _run(running: HostedChange, planned: PushPlan) -> CliError | None:
    hosted_ = running.target.hosted
    project = hosted_.target
    # A given URL is the way that was checked; else the ref is named, which neither a link nor a variable overrules.
    database = hosted_.database if project.given else linked(project.ref, password=project.password)
    heard: list[str] = []

    def hear(line: str) -> None:
        heard.append(line)
        running.target.on_line(line)

    def push(cli: SupabaseCli) -> None:
        cli.push(database, include_all=planned.include_all)
        verification.refuse_other_words(project, heard)

    return running.run(push, on_line=hear, waiver=planned.waiver)


def _refuse_changes(hosted_: Hosted, planned: PushPlan) -> None:
    now = hosted_.history()
    same_files = [(file.path.name, file.digest) for file in hosted_.files()] == [
        (file.path.name, file.digest) for file in planned.known
    ]
    if now.rows != planned.history.rows or not same_files:
        raise GuardError(
            f"{hosted_.target.name} or the migration files changed after the plan was shown: nothing was pushed",
            next_step=f"inv supabase-db-push-{hosted_.target.name}",
            code="changed-meanwhile",
        )
