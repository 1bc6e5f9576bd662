"""Whether the diff leads from one schema to another: planned or refused by name, proven, rows kept, nothing left over."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from support.generator.changes import Author
from support.generator.names import rename, turned
from support.generator.world import World

from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import plan_towards
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof import dump, proof, row_counts
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DiffError, MigrationError, UnansweredError
from supabase_tasks.postgres import Server

AGAIN = PlanOptions(allow=frozenset({"data-loss"}), ask=lambda question: None)
# Refusals that name what PostgreSQL or the tool cannot do, before a plan is run.
REFUSALS = frozenset({"cycle", "impossible", "not-allowed"})


@dataclass(frozen=True)
class Verdict:
    """`outcome` is planned, empty, refused, asked, stopped (a row did not fit, as the plan said), invalid (PostgreSQL does not
    take the schema itself) or a fault: raw, wrong, lost, again, bug. `told` says more."""

    outcome: str
    told: str = ""

    @property
    def is_fault(self) -> bool:
        return self.outcome in ("raw", "wrong", "lost", "again", "bug")


@dataclass(frozen=True)
class Pair:
    """Two schemas with rows, the names of the changes between them, and the answers to questions about renames."""

    before: str
    after: str
    moves: tuple[str, ...]
    answers: tuple[str, ...]


def pair(dice: Random) -> Pair:
    """A world, and what a few changes make of it."""
    world = World()
    Author(world, dice).build()
    before = world.sql(rows=dice)
    changed = world.copied()
    author = Author(changed, dice)
    moves = tuple(author.change() for _ in range(dice.randint(1, 5)))
    renames = rename(world, changed, dice)
    return Pair(before, renames.applied(changed.sql(rows=dice)), (*moves, *renames.answers), renames.answers)


def judge(server: Server, base: str, found: Pair) -> tuple[Verdict, Verdict]:
    """The verdict on each direction."""
    with server.scratch(base) as one, server.scratch(base) as two:
        try:
            _fill(server, one, found.before)
            _fill(server, two, found.after)
        except MigrationError as error:
            told = Verdict("invalid", f"{error.cause}")
            return told, told
        first, second = Side.of(server, one), Side.of(server, two)
        return _lead(server, first, second, found.answers), _lead(server, second, first, turned(found.answers))


def _fill(server: Server, database: str, sql: str) -> None:
    proof.apply(server, database, [PlannedFile("schema", f"SET check_function_bodies = off;\n{sql}", ())])


@dataclass(frozen=True)
class Side:
    """A database, and how it was before anything was changed: its snapshot and its dump."""

    database: str
    snapshot: Any
    dumped: Any

    @staticmethod
    def of(server: Server, database: str) -> Side:
        with server.connect(database) as connection:
            return Side(database, read_snapshot(connection), dump.parse(server.dump_schema(database)))


def _lead(server: Server, start: Side, goal: Side, answers: tuple[str, ...]) -> Verdict:
    options = replace(AGAIN, renames=answers)
    try:
        with server.connect(start.database) as connection:
            held = row_counts.count(connection)
            plan = plan_towards(connection, goal.snapshot, None, options, start.snapshot)
    except UnansweredError as error:
        return Verdict("asked", str(error))
    except DiffError as error:
        return Verdict("refused" if error.code in REFUSALS else "bug", f"{error}: {error.cause}")
    except Exception:
        return Verdict("bug", traceback.format_exc()[-1500:])
    return _applied(server, start.database, plan, goal, held)


def _applied(server: Server, database: str, plan: Plan, goal: Side, held: Any) -> Verdict:
    try:
        proof.apply(server, database, plan.files)
    except MigrationError as error:
        foretold = any(hazard.code == "may-fail" for hazard in plan.hazards)
        rows = "SQLSTATE 22" in str(error.cause) or "SQLSTATE 23" in str(error.cause)
        return Verdict("stopped" if foretold and rows else "raw", f"{error.cause}\n{plan.sql}")
    with server.connect(database) as connection:
        snapshot = read_snapshot(connection)
        found = proof.compare(snapshot, goal.snapshot)
        found += dump.differences(dump.parse(server.dump_schema(database)), goal.dumped)
        if found:
            return Verdict("wrong", f"{[item['object'] for item in found]}\n{plan.sql}")
        allowed = frozenset(hazard.relation for hazard in plan.hazards if hazard.code == "data-loss")
        lost = row_counts.find_losses(held, row_counts.count(connection), allowed)
        if lost:
            return Verdict("lost", f"{lost}\n{plan.sql}")
        again = plan_towards(connection, goal.snapshot, None, AGAIN, snapshot)
    if not again.empty:
        return Verdict("again", again.sql)
    return Verdict("empty" if plan.empty else "planned")
