"""The corpus: every scenario forwards (with its expected SQL and its rows) and backwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import rows
from scenario import UPDATE, Scenario, scenarios

from supabase_tasks.diff import dump
from supabase_tasks.diff.plan import Plan, plan
from supabase_tasks.diff.proof import compare
from supabase_tasks.diff.snapshot import take
from supabase_tasks.postgres import Server

Apply = Callable[[Plan, str], None]
Make = Callable[[str], str]


def planned(server: Server, current: str, desired: str, scenario: Scenario, *, back: bool = False) -> Plan:
    with server.connect(current) as first, server.connect(desired) as second:
        return plan(first, second, None, scenario.options(back=back))


def residue(server: Server, reached: str, wanted: str) -> list[str]:
    """What tells the reached database from the wanted one, by our eyes and by pg_dump's; and a second run's SQL."""
    with ThreadPoolExecutor(2) as pool:
        dumps = pool.map(lambda name: dump.parse(server.dump_schema(name)), (reached, wanted))
        with server.connect(reached) as first, server.connect(wanted) as second:
            found = compare(take(first), take(second))
            again = plan(first, second).sql
    found += dump.differences(*dumps)
    lines = [f"{item['object']}:\n  {item['current']}\n  {item['desired']}" for item in found]
    return [*lines, again] if again else lines


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_forwards(scenario: Scenario, server: Server, database: Make, apply: Apply) -> None:
    current, desired = database(scenario.text("before.sql")), database(scenario.text("after.sql"))
    with server.admin(current) as connection:
        before = rows.counts(connection)
    found = planned(server, current, desired, scenario)
    assert scenario.expects(found.sql), f"run with {UPDATE}=1 and read the difference\n{found.sql}"
    apply(found, current)
    assert residue(server, current, desired) == []
    with server.admin(current) as connection:
        if scenario.checks:
            assert rows.kept(before, rows.counts(connection)), "rows were lost"
        for query in scenario.checks:
            assert connection.execute(query.encode()).fetchone() == (True,), query


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_backwards(scenario: Scenario, server: Server, database: Make, apply: Apply) -> None:
    current, desired = database(scenario.text("after.sql")), database(scenario.text("before.sql"))
    found = planned(server, current, desired, scenario, back=True)
    assert scenario.expects(found.sql, back=True), f"run with {UPDATE}=1 and read the difference\n{found.sql}"
    apply(found, current)
    assert residue(server, current, desired) == []
