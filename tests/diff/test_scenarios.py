"""The corpus: every scenario forwards (with its expected SQL and its rows) and backwards, both judged by pg_dump too.

A new session has to load the catalogs before it can read them, which costs four times what the reading does: each side has one
session for all that is done with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from support import expected
from support.scenario import ADMIN, Scenario, scenarios

from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.plan.build import plan_towards
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof import dump, row_counts
from supabase_tasks.diff.proof.proof import apply_files, compare
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server

Dump = Mapping[dump.Entry, str]


@dataclass(frozen=True)
class Side:
    """A database of a scenario, made by `sql`."""

    sql: str
    database: str
    connection: psycopg.Connection[Any]

    def apply(self, files: Sequence[PlannedFile]) -> None:
        apply_files(self.connection, files)
        # What the files have set must not change how they are read.
        self.connection.execute("RESET ROLE")
        self.connection.execute("RESET ALL")

    def read(self) -> Snapshot:
        return read_snapshot(self.connection)

    def planned(self, seen: Snapshot, desired: Snapshot, scenario: Scenario, *, back: bool = False) -> Plan:
        return plan_towards(self.connection, desired, None, scenario.options(back=back), seen)

    def residue(self, wanted: Snapshot) -> list[str]:
        found = compare(self.read(), wanted)
        return [f"{item['object']}:\n  {item['current']}\n  {item['desired']}" for item in found]


@pytest.fixture
def side(server: Server, base: str) -> Iterator[Callable[..., Side]]:
    """Makes a database with SQL applied, by a superuser where that is needed."""
    with ExitStack() as stack:

        def make(sql: str, superuser: bool = False) -> Side:
            name = stack.enter_context(server.scratch(base))
            connection = (
                psycopg.connect(server.url(name, ADMIN), autocommit=True) if superuser else server.migrator(name)
            )
            made = Side(sql, name, stack.enter_context(connection))
            made.apply([PlannedFile("schema", f"SET check_function_bodies = off;\n{sql}", ())])
            return made

        yield make


@pytest.fixture(scope="session")
def dumps_of_sql() -> dict[str, Dump]:
    """What pg_dump says of the databases that were made, by their SQL: many begin with the same one, or with nothing."""
    return {}


def dumped(server: Server, *databases: str) -> list[Dump]:
    with ThreadPoolExecutor(2) as pool:
        return [dump.parse(text) for text in pool.map(server.dump_schema, databases)]


def learn(server: Server, known: dict[str, Dump], *sides: Side) -> None:
    new = {side.sql: side.database for side in sides if side.sql not in known}
    known.update(zip(new, dumped(server, *new.values()), strict=True))


def dumped_residue(server: Server, reached: str, wanted: Dump) -> list[str]:
    found = dump.differences(*dumped(server, reached), wanted)
    return [f"{item['object']}:\n{item['current']}\n---\n{item['desired']}" for item in found]


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_scenario(scenario: Scenario, server: Server, side: Callable[..., Side], dumps_of_sql: dict[str, Dump]) -> None:
    superuser = scenario.of_a_superuser
    first, second = side(scenario.text("before.sql"), superuser), side(scenario.text("after.sql"), superuser)
    before, after = first.read(), second.read()
    learn(server, dumps_of_sql, first, second)
    forwards = first.planned(before, after, scenario)
    assert scenario.expects(forwards.sql), f"{expected.HINT}\n{forwards.sql}"
    held = row_counts.count(first.connection)
    first.apply(forwards.files)
    assert first.residue(after) == []
    assert dumped_residue(server, first.database, dumps_of_sql[second.sql]) == []
    if scenario.checks:
        assert row_counts.find_losses(held, row_counts.count(first.connection)) == []
    for query in scenario.checks:
        first.connection.execute("RESET ALL")
        assert first.connection.execute(query.encode()).fetchone() == (True,), query

    backwards = second.planned(after, before, scenario, back=True)
    second.apply(backwards.files)
    assert second.residue(before) == []
    assert dumped_residue(server, second.database, dumps_of_sql[first.sql]) == []
