"""Drift: what a target has that the migrations which ran there do not explain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from supabase_tasks import postgres, progress
from supabase_tasks.diff.ddl.hazards import GATED
from supabase_tasks.errors import UnansweredError
from supabase_tasks.flow.schema.request import Request, plan_between
from supabase_tasks.flow.targets import history_report
from supabase_tasks.flow.targets.hosted_target import HostedTarget
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan

# Extensions that a hosted project has by itself; the CLI's reset keeps them (2.122.1 and 3.1.0). Which of them are there
# differs from one generation of projects to the next, and from the embedded database.
_PLATFORM_EXTENSIONS = (
    "pg_graphql",
    "pg_net",
    "pg_stat_statements",
    "pgcrypto",
    "pgjwt",
    "pgsodium",
    "plpgsql",
    "supabase_vault",
    "uuid-ossp",
)
# What was lost is lost already: no hazard is left to allow, and no question to ask.
LOOKING = Request(allow=frozenset(GATED), ask=lambda question: None)


@dataclass(frozen=True, slots=True)
class Drift:
    """`capture` brings the migrations to what the target has; `undo` brings the target back to the migrations."""

    target: str
    capture: Plan
    undo: Plan

    @property
    def found(self) -> bool:
        return not self.capture.empty or bool(self.capture.unmodelled)

    def as_json(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "drift": self.found,
            "summary": self.capture.header,
            "unmodelled": list(self.capture.unmodelled),
            "capture": self.capture.as_json(),
            "undo": self.undo.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Copies:
    """Two databases on the shadow server: `ran` is the replay of what ran on the target, `copy` its schema now."""

    server: postgres.Server
    ran: str
    copy: str


def find_drift(hosted: HostedTarget) -> Drift:
    """The difference in both directions; both plans are empty when there is none. The target is only read.

    Migrations that have not run there count for nothing. Raises `GuardError` when edited or missing migrations leave
    no history to compare with, `DatabaseError` when the target cannot be read or the history does not replay.
    """
    files = applied_files(hosted)
    with copies(hosted, files) as both:
        capture = _plan_to_show(hosted.settings, both.server, both.ran, both.copy)
        undo = capture if capture.empty else _plan_to_show(hosted.settings, both.server, both.copy, both.ran)
    capture, undo = with_global_differences(hosted, files, capture), with_global_differences(hosted, files, undo, True)
    return Drift(hosted.target.name, capture, undo)


def with_global_differences(
    hosted: HostedTarget, files: tuple[MigrationFile, ...], plan: Plan, undo: bool = False
) -> Plan:
    """`plan`, towards the target or (`undo`) from it, with the names of what belongs to the server, not to the database, and
    is not as `files` left it."""
    from supabase_tasks.flow.schema.schema_diff import global_differences
    from supabase_tasks.postgres import global_objects, history

    ran = history.global_objects_of(postgres.shadow(hosted.settings), hosted.settings, files)
    has = global_objects.read(hosted.connection, hosted.connection.info.dbname)
    sides = (has, ran) if undo else (ran, has)
    return replace(plan, unmodelled=(*plan.unmodelled, *global_differences(hosted.settings, *sides, plan.sql)))


def applied_files(hosted: HostedTarget) -> tuple[MigrationFile, ...]:
    """The files that ran on the target, in order. Raises `GuardError` for edited or missing ones."""
    history = hosted.history()
    history_report.require_consistent_history(hosted.target.name, history, include_all=True)
    return tuple(entry.file for entry in history.of("applied", "unrecorded") if entry.file)


@contextmanager
def copies(hosted: HostedTarget, files: tuple[MigrationFile, ...]) -> Iterator[Copies]:
    """The replay of `files` and a copy of the target's schema; the copy is dropped afterwards."""
    from supabase_tasks.postgres.copying import copy_schema

    progress.step(f"copying the schema of {hosted.target.name}")
    server = postgres.shadow(hosted.settings)
    ran = postgres.history_template(server, hosted.settings, files)
    url = hosted.address.libpq_url
    with copy_schema(server, url, env={"PGPASSWORD": hosted.target.password}) as copy:
        yield Copies(server, ran, copy)


def compare(settings: Settings, server: postgres.Server, current: str, desired: str, request: Request) -> Plan:
    """The plan from one database to the other; an empty one names what `pg_dump` tells apart all the same.

    Raises `UnansweredError` for what `request` leaves open.
    """
    progress.step("comparing both schemas")
    return plan_between(server, without_platform(settings), current, desired, request)


def without_platform(settings: Settings) -> Settings:
    """The settings with which a hosted database is compared: what the platform brings along is ignored."""
    return replace(settings, ignore=(*settings.ignore, *(f"extension:{name}" for name in _PLATFORM_EXTENSIONS)))


def _plan_to_show(settings: Settings, server: postgres.Server, current: str, desired: str) -> Plan:
    """The plan for looking at: what could be a rename is shown as lost and come, and an open value as one."""
    try:
        return compare(settings, server, current, desired, LOOKING)
    except UnansweredError as error:
        from supabase_tasks.diff.plan.values import OPEN_VALUE

        # Nothing runs what drift shows: the value for rows is a person's to give.
        values = {str(one["new"]): OPEN_VALUE for one in error.data.get("unanswered", ()) if one["question"] == "value"}
        return compare(settings, server, current, desired, replace(LOOKING, defaults=values))
