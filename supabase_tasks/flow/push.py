"""Push to a hosted target: link, plan, confirm, lock, `db push`, and a look at what really ran."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.cli import SupabaseCli, linked
from supabase_tasks.errors import CliError, GuardError
from supabase_tasks.flow import dangers, hosted, ledgers, outcome
from supabase_tasks.flow.hosted import Hosted, OnLine, Where
from supabase_tasks.guard import causes, journal, link, lock, promotion, turn
from supabase_tasks.guard.history import History
from supabase_tasks.guard.targets import Target
from supabase_tasks.guard.turn import Turn
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.hazards import Hazard


@dataclass(frozen=True, slots=True)
class PushPlan:
    """What a push would do: the files with their hazards, in order, and the target's history as it was read.

    `waiver` is the reason given for files that the target before this one has not run.
    """

    where: Where
    history: History
    files: tuple[MigrationFile, ...]
    hazards: tuple[tuple[MigrationFile, tuple[Hazard, ...]], ...]
    include_all: bool = False
    waiver: str | None = None

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
        }


@dataclass(frozen=True, slots=True)
class Pushed:
    """The files that ran, as the target's own history confirms, and the seconds it took."""

    files: tuple[MigrationFile, ...]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {"pushed": [file.path.name for file in self.files], "seconds": round(self.seconds, 2)}


@dataclass(frozen=True, slots=True)
class Open:
    """A target that this process may change: linked, connected, and with this folder's turn."""

    hosted: Hosted
    turn: Turn
    on_line: OnLine


@contextmanager
def opened(settings: Settings, name: str, *, on_line: OnLine) -> Iterator[Open]:
    """The target called `name`, linked by the CLI and connected. The folder's former link is put back afterwards.

    Raises what `hosted.resolve` raises, `CliError` when the link fails, `GuardError` when another change is running.
    """
    environment, target = hosted.resolve(settings, name)
    with turn.taken(settings) as mine, link.kept(settings):
        _link(settings, target, hosted.cli(settings, environment, on_line), mine)
        with hosted.opened(settings, environment, target) as found:
            yield Open(found, mine, on_line)


def _link(settings: Settings, target: Target, cli: SupabaseCli, mine: Turn) -> None:
    try:
        with mine.passed_on():
            cli.link(target.ref, password=target.password)
    except CliError as error:
        # A given URL says where to go by itself; the link would only have told the project's name.
        if target.given is None or error.code != "access-token":
            raise causes.of_cli(target, error) from error
    known = link.read(settings)
    if target.given is None and (known is None or known.ref != target.ref):
        raise GuardError(
            f"the folder is linked to {known.ref if known else 'nothing'}, not to {target.name} ({target.ref})",
            cause=f"`supabase link` succeeded, but {settings.supabase / '.temp'} says otherwise",
            next_step="unset SUPABASE_PROJECT_ID, then run the same command again",
            code="link-mismatch",
        )


def plan(target: Open, *, include_all: bool = False, waiver: str | None = None) -> PushPlan:
    """What a push would do now. Raises `GuardError` when the target's history and the files contradict each other, or
    when the target before this one has not run what is pending (unless `waiver` gives a reason)."""
    hosted_ = target.hosted
    found = hosted_.history()
    ledgers.refuse_contradictions(hosted_.target.name, found, include_all=include_all)
    files = found.pending
    if include_all:
        files = tuple(entry.file for entry in found.of("pending", "out-of-order") if entry.file)
    source = hosted_.target.settings.promote_from
    if source and files and not waiver:
        unpromoted = promotion.unpromoted(files, hosted.rows_of(hosted_.settings, source))
        if unpromoted:
            raise promotion.refuse(hosted_.target.name, source, unpromoted)
    return PushPlan(hosted_.where, found, files, dangers.of(files), include_all, waiver)


def push(target: Open, planned: PushPlan) -> Pushed:
    """Runs what was planned, and nothing else, while holding the target's lock.

    Raises `GuardError` when target or files changed since the plan, or another change is running; otherwise the CLI's
    failure, with what had run by then in `data` (`applied`, `remaining`) and a next step.
    """
    begun = time.monotonic()
    hosted_ = target.hosted
    with lock.held(hosted_.connection, hosted_.target.name):
        _refuse_changes(hosted_, planned)
        _note(hosted_, "push begun", planned, waiver=planned.waiver)
        failure = _run(target, planned)
    applied = outcome.applied(hosted_, planned.files, failure)
    _note(hosted_, "push failed" if failure else "push done", planned, applied=[file.version for file in applied])
    outcome.check(hosted_.target, planned.files, applied, failure)
    return Pushed(applied, time.monotonic() - begun)


def _run(target: Open, planned: PushPlan) -> CliError | None:
    hosted_ = target.hosted
    project = hosted_.target
    database = hosted_.database if project.given else linked(password=project.password)
    try:
        with target.turn.passed_on():
            hosted_.cli(target.on_line).push(database, include_all=planned.include_all)
    except CliError as error:
        return error
    return None


def _refuse_changes(hosted_: Hosted, planned: PushPlan) -> None:
    now = hosted_.history()
    same_files = [(file.version, file.digest) for file in hosted_.files()] == [
        (entry.file.version, entry.file.digest) for entry in planned.history.entries if entry.file
    ]
    if now.rows != planned.history.rows or not same_files:
        raise GuardError(
            f"{hosted_.target.name} or the migration files changed after the plan was shown: nothing was pushed",
            next_step=f"inv supabase-db-push-{hosted_.target.name}",
            code="changed-meanwhile",
        )


def _note(hosted_: Hosted, event: str, planned: PushPlan, **facts: object) -> None:
    where = planned.where
    versions = [file.version for file in planned.files]
    journal.write(hosted_.settings, event, target=where.target, ref=where.ref, versions=versions, **facts)
