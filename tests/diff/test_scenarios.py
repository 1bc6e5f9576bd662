"""The corpus: every scenario forwards (with its expected SQL and its rows) and backwards, both judged by pg_dump too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import expected
from support.scenario import Scenario, scenarios

from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.plan.build import plan_towards
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.proof import dump, row_counts
from supabase_tasks.diff.proof.proof import compare
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server

Apply = Callable[[Plan, str], None]
Make = Callable[[str], str]
Dump = Mapping[dump.Entry, str]


def planned(server: Server, current: str, desired: Snapshot, scenario: Scenario, *, back: bool = False) -> Plan:
    with server.connect(current) as connection:
        return plan_towards(connection, desired, None, scenario.options(back=back))


def read(server: Server, database: str) -> Snapshot:
    with server.connect(database) as connection:
        return read_snapshot(connection)


def residue(server: Server, reached: str, wanted: Snapshot) -> list[str]:
    found = compare(read(server, reached), wanted)
    return [f"{item['object']}:\n  {item['current']}\n  {item['desired']}" for item in found]


def dumped(server: Server, *databases: str) -> list[Dump]:
    with ThreadPoolExecutor(2) as pool:
        return [dump.parse(text) for text in pool.map(server.dump_schema, databases)]


def dumped_residue(server: Server, reached: str, wanted: Dump) -> list[str]:
    found = dump.differences(*dumped(server, reached), wanted)
    return [f"{item['object']}:\n{item['current']}\n---\n{item['desired']}" for item in found]


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_scenario(scenario: Scenario, server: Server, database: Make, apply: Apply) -> None:
    first, second = database(scenario.text("before.sql")), database(scenario.text("after.sql"))
    before, after = read(server, first), read(server, second)
    dumped_before, dumped_after = dumped(server, first, second)
    forwards = planned(server, first, after, scenario)
    assert scenario.expects(forwards.sql), f"{expected.HINT}\n{forwards.sql}"
    with server.connect(first) as connection:
        held = row_counts.count(connection)
    apply(forwards, first)
    assert residue(server, first, after) == []
    assert dumped_residue(server, first, dumped_after) == []
    with server.connect(first) as connection:
        if scenario.checks:
            assert row_counts.lost(held, row_counts.count(connection)) == []
        for query in scenario.checks:
            assert connection.execute(query.encode()).fetchone() == (True,), query

    backwards = planned(server, second, before, scenario, back=True)
    apply(backwards, second)
    assert residue(server, second, before) == []
    assert dumped_residue(server, second, dumped_before) == []
