"""Pull: drift of a target becomes a proven migration, recorded there as applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import wording
from supabase_tasks.errors import GuardError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.local import database
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.flow.targets import change, drift, history_report, repair
from supabase_tasks.flow.targets.hosted_target import HostedTarget, TargetInfo
from supabase_tasks.flow.targets.repair import RepairPlan
from supabase_tasks.flow.targets.session import TargetSession
from supabase_tasks.guard import diagnosis
from supabase_tasks.guard.history import History
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan

_SCHEMAS = ("public",)


@dataclass(frozen=True, slots=True)
class PullPlan:
    """What a pull would do: files to write (path and text), or, when an earlier pull ended between writing and
    recording, files that only have to be recorded."""

    info: TargetInfo
    plan: Plan
    writes: tuple[tuple[Path, str], ...]
    records: tuple[MigrationFile, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.writes and not self.records

    def as_json(self) -> dict[str, Any]:
        return {
            **self.info.as_json(),
            "drift": not self.empty,
            **self.plan.as_json(),
            "written": [str(path) for path, _ in self.writes],
            "recorded": [file.path.name for file in self.records],
        }


def plan(hosted: HostedTarget, request: Request) -> PullPlan:
    """What differs, as proven migrations; `request` names them and answers what could be a rename.

    Raises what `drift.find_drift` raises, `UnansweredError`, `GuardError` when migrations are pending that do not describe
    the difference, `ProofError` when the migration does not reproduce what the target has.
    """
    history = hosted.history()
    history_report.require_consistent_history(hosted.target.name, history)
    ran = drift.applied_files(hosted)
    with drift.copies(hosted, ran) as both:
        found = drift.compare(hosted.settings, both.server, both.ran, both.copy, request)
        found = drift.with_global_differences(hosted, ran, found)
        if any(line.startswith("role ") for line in found.unmodelled):
            # Nowhere else would the migration run.
            refuse_unplanned(hosted, found, {})
        if found.empty:
            _refuse_unmodelled(hosted, found)
            return PullPlan(hosted.info, found, ())
        if history.pending:
            return PullPlan(hosted.info, found, (), _already_written(hosted, both, history))
        _prove(hosted, both, found)
    return PullPlan(hosted.info, found, _writes(hosted, found, request.name))


def _refuse_unmodelled(hosted: HostedTarget, found: Plan) -> None:
    if found.empty:
        refuse_unplanned(hosted, found, {})


def refuse_unplanned(hosted: HostedTarget, found: Plan, data: Mapping[str, object]) -> None:
    """Raises `DiffError` (code `unmodelled`) for what differs and no migration could be planned for; `data` tells programs
    what was pulled all the same."""
    from supabase_tasks.diff.proof import equality

    name = hosted.target.name
    equality.demand_all_modelled(
        found, f"{name} and the migrations that ran there", f"inv supabase-db-dump-{name}-public", data=data
    )


def _prove(hosted: HostedTarget, both: drift.Copies, found: Plan) -> None:
    from supabase_tasks.diff.proof import proof

    proof.prove(both.server, drift.without_platform(hosted.settings), both.ran, found, both.copy)


def _already_written(hosted: HostedTarget, both: drift.Copies, history: History) -> tuple[MigrationFile, ...]:
    from supabase_tasks import postgres

    with_pending = postgres.history_template(both.server, hosted.settings, hosted.files())
    left = drift.compare(hosted.settings, both.server, with_pending, both.copy, drift.LOOKING)
    if left.empty and not left.unmodelled:
        return history.pending
    name = hosted.target.name
    raise GuardError(
        f"{name} has drifted and has {wording.count(len(history.pending), 'pending migration')}",
        cause="the difference would mix both: " + ", ".join(file.path.name for file in history.pending),
        next_step=f"inv supabase-db-push-{name}, or move them away; then inv supabase-db-pull-{name}",
        code="pending-first",
    )


def _writes(hosted: HostedTarget, found: Plan, name: str | None) -> tuple[tuple[Path, str], ...]:
    files = hosted.files()
    hints = [name or f"pull_{hosted.target.name}_{file.name_hint}" for file in found.files]
    return tuple(
        (ledger.next_path(hosted.settings, hint, after=files, offset=offset), file.sql)
        for offset, (hint, file) in enumerate(zip(hints, found.files, strict=True))
    )


def write(hosted: HostedTarget, planned: PullPlan) -> RepairPlan:
    """Writes the files; the plan that records them on the target as applied."""
    for path, text in planned.writes:
        write_atomic(path, text, exclusive=True)
    written = {path for path, _ in planned.writes}
    versions = [file.version for file in hosted.files() if file.path in written or file in planned.records]
    return repair.plan(hosted, versions, "applied")


def record(target: TargetSession, planned: RepairPlan) -> None:
    """Records the written files on the target, which has their effect already. Raises what `repair.execute` raises."""
    repair.execute(target, planned)


def uses_docker(settings: Settings) -> bool:
    """Whether the Docker stack is the local database: then the CLI's own `db pull` does it."""
    return database.mode(settings) == "docker"


def by_docker(target: TargetSession, name: str | None) -> tuple[Path, ...]:
    """`db pull --schema public` by the CLI, which writes the migration in its private folder and records it; the paths
    of what it wrote, in the project.

    Raises `CliError`, `GuardError` when another change is running.
    """
    hosted = target.hosted
    files = hosted.files()
    target.workdir.hold(files)
    with change.locked_change(target, "pull") as running:
        failure = running.run(lambda cli: cli.pull(hosted.database, name=name, schemas=_SCHEMAS))
        written = _bring_out(target, files)
        running.end(failure, files=[path.name for path in written])
    state = f"wrote {', '.join(path.name for path in written) or 'nothing'}"
    change.reject_interrupted(failure, state, "inv supabase-status")
    if failure is not None:
        raise diagnosis.explain_cli_error(hosted.target, failure) from failure
    return written


def _bring_out(target: TargetSession, files: Sequence[MigrationFile]) -> tuple[Path, ...]:
    # Also after a failure: what was recorded by then must not be lost with the folder.
    found = target.workdir.new_files(files)
    for name, text in found.items():
        write_atomic(target.hosted.settings.migrations / name, text, exclusive=True)
    return tuple(target.hosted.settings.migrations / name for name in found)
