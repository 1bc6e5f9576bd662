"""Repair of a target's ledger: one version at a time, with what it says and what the file says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from supabase_tasks import progress
from supabase_tasks.errors import GuardError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.targets import change, history_report, verification
from supabase_tasks.flow.targets.hosted_target import HostedTarget, TargetInfo
from supabase_tasks.flow.targets.session import TargetSession
from supabase_tasks.guard import diagnosis, journal, statements
from supabase_tasks.guard.history import Entry, History
from supabase_tasks.ledger.files import slug
from supabase_tasks.settings import Settings

Status = Literal["applied", "reverted"]
_EFFECT: dict[tuple[Status, str], str] = {
    ("applied", "pending"): "recorded as applied; the SQL is not run",
    ("applied", "out-of-order"): "recorded as applied; the SQL is not run",
    ("applied", "edited"): "the record is replaced by what the file says now; no SQL runs",
    ("applied", "unrecorded"): "the file's statements are recorded; no SQL runs",
    ("applied", "applied"): "nothing changes",
    ("applied", "renamed"): "the record is replaced by what the file says now; no SQL runs",
    (
        "reverted",
        "renamed",
    ): "removed from the history; its text stays recorded under the new version only when that is applied",
    ("reverted", "applied"): "removed from the history; a push will run it AGAIN",
    ("reverted", "edited"): "removed from the history; a push will run the edited file",
    ("reverted", "unrecorded"): "removed from the history; a push will run it AGAIN",
    ("reverted", "missing"): "removed from the history; nothing is undone in the database",
}


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """The versions to be recorded or removed, and the history they were found in."""

    info: TargetInfo
    status: Status
    entries: tuple[Entry, ...]
    history: History

    def effect(self, entry: Entry) -> str:
        return _EFFECT[self.status, entry.state]

    def as_json(self) -> dict[str, Any]:
        name = self.info.target
        found = [{**history_report.as_json(name, entry), "effect": self.effect(entry)} for entry in self.entries]
        return {**self.info.as_json(), "status": self.status, "entries": found}


def plan(hosted: HostedTarget, versions: Sequence[str], status: Status) -> RepairPlan:
    """What the repair would change. Raises `GuardError` for no version, an unknown one, or one that the status makes
    no sense for."""
    found = hosted.history()
    known = {entry.version: entry for entry in found.entries}
    if not versions:
        raise _nothing_named(hosted.target.name, found)
    unknown = [version for version in versions if version not in known]
    if unknown:
        raise GuardError(
            f"neither {hosted.target.name} nor supabase/migrations has {', '.join(unknown)}",
            cause=f"the last versions are {', '.join(list(known)[-5:]) or 'none'}",
            next_step="inv supabase-status",
            code="unknown-version",
        )
    entries = tuple(known[version] for version in versions)
    for entry in entries:
        _refuse_odd(hosted.target.name, entry)
        without_file = status == "applied" and entry.state == "renamed" and entry.file is None
        if (status, entry.state) not in _EFFECT or without_file:
            raise GuardError(
                f"{entry.title} cannot be marked {status}: it {_REASON[entry.state]}",
                next_step=(history_report.repairs(hosted.target.name, entry) or ("inv supabase-status",))[0],
                code="senseless-repair",
            )
    return RepairPlan(hosted.info, status, entries, found)


_REASON = {
    "renamed": "ran under this version and has another one now",
    "missing": "has no file here, so what ran could not be recorded",
    "pending": "has not run there",
    "out-of-order": "has not run there",
}


def execute(target: TargetSession, planned: RepairPlan) -> History:
    """Writes the history by the CLI, and returns it as it is afterwards.

    Raises `GuardError` when another change is running, when the history changed meanwhile or does not say afterwards
    what it should, and the CLI's failure.
    """
    hosted = target.hosted
    versions = [entry.version for entry in planned.entries]
    target.workdir.hold([entry.file for entry in planned.history.entries if entry.file])
    progress.step(f"repairing the ledger of {hosted.target.name}")
    with change.locked_change(target, "repair", versions=versions, status=planned.status) as running:
        if hosted.history().rows != planned.history.rows:
            raise GuardError(
                f"{hosted.target.name} changed after the plan was shown: nothing was repaired",
                next_step="run the same command again",
                code="changed-meanwhile",
            )
        failure = running.run(lambda cli: cli.repair(hosted.database, versions, status=planned.status))
        running.end(failure)
    change.reject_interrupted(
        failure, f"the history of {hosted.target.name} may be repaired in part", "inv supabase-status"
    )
    if failure is not None:
        raise diagnosis.explain_cli_error(hosted.target, failure) from failure
    now = hosted.history()
    _confirm(planned, now)
    named = [entry.file for entry in planned.entries if entry.file]
    verification.refuse(hosted.target, verification.unplanned_versions(planned.history.rows, named, now.rows))
    _refuse_losses(planned, now)
    return now


def _confirm(planned: RepairPlan, now: History) -> None:
    rows = {row.version: row for row in now.rows}
    wrong = [
        entry.title
        for entry in planned.entries
        if (planned.status == "applied") != (entry.version in rows)
        or (
            planned.status == "applied"
            and entry.file
            and not statements.matches_history(entry.file.text, rows[entry.version].statements)
        )
    ]
    if wrong:
        raise GuardError(
            f"the CLI reported success, but the history of {planned.info.target} says otherwise: {', '.join(wrong)}",
            next_step="inv supabase-status",
            code="ledger-differs",
        )


def _refuse_losses(planned: RepairPlan, now: History) -> None:
    kept = {row.version for row in now.rows} | {entry.version for entry in planned.entries}
    lost = [row.version for row in planned.history.rows if row.version not in kept]
    if lost:
        raise GuardError(
            f"the ledger of {planned.info.target} has lost what was not to be repaired: {', '.join(lost)}",
            next_step="inv supabase-status",
            code="ledger-differs",
            data={"lost": lost},
        )


def _nothing_named(name: str, found: History) -> GuardError:
    lines = [line for entry in found.problems for line in history_report.lines(name, entry)]
    return GuardError(
        "which versions? add --version 0003,0004",
        cause="\n".join(lines) or f"{name}'s ledger matches supabase/migrations",
        next_step="inv supabase-status",
        code="no-version",
    )


def fetch(hosted: HostedTarget, version: str) -> tuple[Path, str, str]:
    """Where the file of `version` belongs, its text as the target ran it, and the difference to the file here.

    Raises `GuardError` when the target has no such version, did not record what it ran, or holds a record that no file
    would leave.
    """
    entry = next((one for one in hosted.history().entries if one.version == version), None)
    if entry is None or entry.row is None or entry.row.statements is None:
        raise GuardError(
            f"{hosted.target.name} does not hold the text of {version}",
            cause="it has no such version" if entry is None or entry.row is None else "it recorded no statements",
            next_step="inv supabase-status",
            code="nothing-to-fetch",
        )
    path = entry.file.path if entry.file else hosted.settings.migrations / _file_name(hosted.target.name, entry)
    return path, statements.file_of(entry.title, entry.row.statements), entry.difference


def _refuse_odd(target: str, entry: Entry) -> None:
    # The CLI would take `--debug` for an option, find no version, and repair every one there is (2.122.1, 3.1.0).
    if not re.fullmatch("[0-9]+", entry.version):
        raise GuardError(
            f"{target} has a version that no migration file can have: {entry.title}",
            cause="a version is digits only, and neither this tool nor the CLI wrote this one",
            next_step="look at supabase_migrations.schema_migrations in the dashboard's SQL editor, and delete the row",
            code="odd-version",
        )


def _file_name(target: str, entry: Entry) -> str:
    """What the file is called. The history may say anything: a version that no file can have is refused, and a name that
    would lead to another folder is made harmless."""
    _refuse_odd(target, entry)
    name = entry.row.name if entry.row and entry.row.name else "fetched"
    plain = name.isprintable() and not set(name) & set("/\\")
    return f"{entry.version}_{name if plain else slug(name)}.sql"


def write(settings: Settings, path: Path, text: str) -> None:
    """Writes the fetched file. Raises `TaskError` when it cannot be written."""
    write_atomic(path, text)
    journal.write(settings, "file fetched", file=path.name)
