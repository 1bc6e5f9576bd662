"""Faults injected while the real CLI changes a target; docs/faults.md is the table of what was observed.

After each: the ledger equals what really ran, nothing is half applied, the message is plain, a second run finishes.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from support.house import House, finish
from support.waiting import until

PUSH, RESET = "supabase-db-push-staging", "supabase-db-reset-staging"
FIRST = "create table public.first (id int);\n"
SLOW = "create table public.slow (id int);\nselect pg_advisory_xact_lock(7);\ncreate table public.slow_too (id int);\n"
LAST = "create table public.last (id int);\n"
TABLES = ("first", "slow", "slow_too", "last")
BY_VERSION = {"0000": ("first",), "0001": ("slow", "slow_too"), "0002": ("last",)}


@pytest.fixture
def three(house: House) -> House:
    """Three pending migrations, the second of which waits in its middle wherever a `gate` is closed."""
    house.migration("0000_first", FIRST)
    house.migration("0001_slow", SLOW)
    house.migration("0002_last", LAST)
    return house


@contextmanager
def gate(house: House) -> Iterator[Callable[[], None]]:
    """Stops the slow migration in its middle until the context ends, or what it yields is called."""
    with house.cloud.projects["staging"].cluster.admin() as keeper:
        keeper.execute("select pg_advisory_lock(7)")
        yield lambda: keeper.close()


def waiting(house: House) -> list[int]:
    """The server processes that stand at the gate."""
    rows = house.query("staging", "select pid from pg_locks where locktype = 'advisory' and objid = 7 and not granted")
    return [pid for (pid,) in rows]


def ended(house: House, pids: list[int]) -> bool:
    """Whether these server processes are gone, and with them what they did not commit."""
    return not house.query(
        "staging", f"select from pg_stat_activity where pid = any('{{{', '.join(map(str, pids))}}}')"
    )


def is_fresh(house: House) -> None:
    """The ledger says exactly what is there."""
    names = ", ".join(f"('{name}')" for name in TABLES)
    there = {
        name
        for (name,) in house.query(
            "staging", f"select t from (values {names}) v(t) where to_regclass('public.' || t) is not null"
        )
    }
    assert there == {table for version in house.ledger("staging") for table in BY_VERSION[version]}


def finishes(house: House) -> None:
    """What is left is done by the same command."""
    is_fresh(house)
    house.ok(PUSH, "--yes")
    assert house.ledger("staging") == ["0000", "0001", "0002"]
    is_fresh(house)


def test_the_connection_is_cut_in_mid_migration(three: House) -> None:
    with gate(three) as open_gate:
        task = three.start(PUSH, "--yes", "--json")
        until(lambda: waiting(three))
        network = three.cloud.projects["staging"].network
        network.cut()
        accepted = network.accepted
        until(lambda: network.accepted > accepted, what="a new connection after the cut")
        open_gate()
        ran = finish(task)
    # The server does not notice before it answers: only the target's own ledger knows whether it committed.
    assert ran.code == 1, ran.text
    assert ran.json["error"]["data"]["applied"] == ["0000_first.sql", "0001_slow.sql"]
    assert three.ledger("staging") == ["0000", "0001"]
    finishes(three)


def test_the_server_ends_the_session_in_mid_migration(three: House) -> None:
    with gate(three):
        task = three.start(PUSH, "--yes", "--json")
        until(lambda: waiting(three))
        three.query("staging", f"select pg_terminate_backend({waiting(three)[0]})")
        error = finish(task).json["error"]
    assert error["code"] == "connection-lost"
    assert error["data"]["applied"] == ["0000_first.sql"]
    assert error["data"]["remaining"] == ["0001_slow.sql", "0002_last.sql"]
    finishes(three)


def test_the_server_restarts_in_mid_migration(three: House) -> None:
    with gate(three) as open_gate:
        task = three.start(PUSH, "--yes", "--json")
        until(lambda: waiting(three))
        open_gate_after_restart(three, open_gate)
        error = finish(task).json["error"]
    assert error["code"] in ("connection-lost", "outcome-unknown")
    finishes(three)


def open_gate_after_restart(house: House, open_gate: Callable[[], None]) -> None:
    house.cloud.projects["staging"].cluster.restart()
    open_gate()


def test_the_network_goes_away_and_stays_away(three: House) -> None:
    staging = three.cloud.projects["staging"]
    with gate(three):
        task = three.start(PUSH, "--yes", "--json")
        pids = until(lambda: waiting(three))
        staging.network.down = True
        staging.network.cut()
        error = finish(task).json["error"]
    assert error["code"] == "outcome-unknown"
    assert error["next_step"] == "inv supabase-status"
    staging.network.heal()
    until(lambda: ended(three, pids))
    finishes(three)


def test_a_statement_timeout(three: House) -> None:
    with gate(three), three.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute("alter role postgres set statement_timeout = '1s'")
        error = three.refused(PUSH, "--yes")
        connection.execute("alter role postgres reset statement_timeout")
    assert error["code"] == "statement-timeout"
    assert "0001_slow.sql" in error["message"]
    assert error["data"]["applied"] == ["0000_first.sql"]
    finishes(three)


def test_a_lock_held_by_another_session(house: House) -> None:
    house.pushed("staging", "0000_first", FIRST)
    house.migration("0001_slow", "set lock_timeout = '1s';\nalter table public.first add column x int;\n")
    with house.cloud.projects["staging"].cluster.admin() as other:
        other.execute("begin; lock table public.first in access share mode")
        error = house.refused(PUSH, "--yes")
        other.execute("rollback")
    assert error["code"] == "lock-timeout"
    assert error["data"]["applied"] == []
    assert house.ledger("staging") == ["0000"]
    house.ok(PUSH, "--yes")
    assert house.ledger("staging") == ["0000", "0001"]


def test_a_wrong_password(house: House) -> None:
    house.migration("0000_first", FIRST)
    error = house.refused(PUSH, "--yes", env={"SUPABASE_DB_PASSWORD_STAGING": "not-the-password"})
    assert error["code"] == "password"
    assert "SUPABASE_DB_PASSWORD_STAGING" in error["fix"]
    assert house.ledger("staging") == []


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("Tenant or user not found", "pooler-tenant"),
        ("Circuit breaker open: too many authentication errors", "network-ban"),
    ],
)
def test_a_pooler_that_refuses(house: House, refusal: str, code: str) -> None:
    staging = house.cloud.projects["staging"]
    staging.network.refusal = refusal
    error = house.refused(PUSH, "--yes")
    assert error["code"] == code
    assert staging.ref in f"{error['fix']} {error['next_step']}"
    staging.network.heal()


def test_a_paused_project(both: House) -> None:
    both.migration("0000_first", FIRST)
    both.cloud.projects["staging"].record.status = "INACTIVE"
    error = both.refused(PUSH, "--yes")
    assert error["code"] == "paused"
    assert both.cloud.projects["staging"].ref in error["fix"]


def test_no_access_token(both: House) -> None:
    both.migration("0000_first", FIRST)
    error = both.refused(PUSH, "--yes", env={"SUPABASE_ACCESS_TOKEN": None})
    assert error["code"] == "access-token"
    assert "supabase login" in error["next_step"]


def test_two_pushes_from_one_folder(three: House) -> None:
    with gate(three) as open_gate:
        first = three.start(PUSH, "--yes")
        until(lambda: waiting(three))
        assert three.refused(PUSH, "--yes")["code"] == "busy"
        open_gate()
        assert finish(first).code == 0
    finishes(three)


def test_two_pushes_from_two_machines(three: House) -> None:
    with gate(three) as open_gate:
        first = three.start(PUSH, "--yes")
        until(lambda: waiting(three))
        # Another state folder shares no lock file: what two machines share is the database alone.
        error = three.refused(PUSH, "--yes", env={"SUPABASE_TASKS_CACHE": str(three.state.with_name("elsewhere"))})
        open_gate()
        assert finish(first).code == 0
    assert error["code"] == "busy"
    assert "another change of staging is running" in error["message"]
    finishes(three)


def test_killed_while_linking(three: House) -> None:
    three.cloud.api.delay = 3
    task = three.start(PUSH, "--yes")
    until(lambda: three.cloud.api.requests)
    task.kill()
    finish(task)
    three.cloud.api.delay = 0
    until(lambda: three.run(PUSH, "--dry-run").code == 0)
    assert three.ledger("staging") == []
    finishes(three)


def test_killed_in_mid_migration(both: House) -> None:
    both.migration("0000_first", FIRST)
    both.migration("0001_slow", SLOW)
    both.migration("0002_last", LAST)
    with gate(both):
        task = both.start(PUSH, "--yes")
        until(lambda: waiting(both))
        task.kill()
        finish(task)
        # Its CLI lives on without it and holds the checkout lock as long as it does; no other push starts meanwhile.
        assert both.refused(PUSH, "--yes")["code"] == "busy"
        elsewhere = {"SUPABASE_TASKS_CACHE": str(both.state.with_name("elsewhere"))}
        assert "still changing" in both.refused(PUSH, "--yes", env=elsewhere)["message"]
    until(lambda: both.run(PUSH, "--dry-run").code == 0)
    finishes(both)


def test_killed_between_the_plan_and_the_push(three: House) -> None:
    with three.cloud.projects["staging"].cluster.admin() as other:
        other.execute("create schema if not exists supabase_migrations")
        other.execute("create table if not exists supabase_migrations.schema_migrations (version text primary key)")
        other.execute("alter table supabase_migrations.schema_migrations owner to postgres")
        other.execute("alter schema supabase_migrations owner to postgres")
        # A reader of the history gets past this lock. The CLI alters the table (ADD COLUMN IF NOT EXISTS) after the plan
        # and before the first migration.
        other.execute("begin; lock table supabase_migrations.schema_migrations in access share mode")
        task = three.start(PUSH, "--yes")
        until(lambda: _wants_the_history(three), what="the CLI's wait for the history's lock")
        task.kill()
        finish(task)
        assert three.ledger("staging") == []
        assert not any(_exists(three, table) for table in TABLES)
        other.execute("rollback")
    until(lambda: three.run(PUSH, "--dry-run").code == 0)
    finishes(three)


def _wants_the_history(house: House) -> bool:
    """Whether somebody waits to alter the table of the history."""
    relation = "relation = to_regclass('supabase_migrations.schema_migrations')"
    return bool(house.query("staging", f"select from pg_locks where {relation} and not granted"))


def _exists(house: House, table: str) -> bool:
    return house.query("staging", f"select to_regclass('public.{table}')") != [(None,)]


def test_killed_in_mid_reset(three: House) -> None:
    three.pushed("staging", "0000_first", FIRST)
    staging = three.cloud.projects["staging"]
    with gate(three):
        task = three.start(RESET, "--confirm", staging.ref)
        until(lambda: waiting(three))
        task.kill()
        finish(task)
    until(lambda: three.run(PUSH, "--dry-run").code == 0)
    finishes(three)
    assert list(three.state.glob(f"projects/house-*/dumps/staging-{staging.ref}-*.sql"))


def test_ctrl_c_ends_the_cli_too(three: House) -> None:
    with gate(three):
        task = three.start(PUSH, "--yes")
        pids = until(lambda: waiting(three))
        task.send_signal(signal.SIGINT)
        assert finish(task).code == 130
    until(lambda: ended(three, pids))
    finishes(three)


def test_a_clock_that_was_ahead_when_the_last_migration_was_made(house: House) -> None:
    house.configure('naming = "timestamp"\n')
    house.pushed("staging", "20991231235959_future", "create table public.future (id int);\n")
    with house.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute("create table public.by_hand (id int); alter table public.by_hand owner to postgres")
    (pulled,) = house.ok("supabase-db-pull-staging", "--yes", "--json").json["recorded"]
    assert pulled.partition("_")[0] > "20991231235959"
    assert house.ok(PUSH, "--json").json["pending"] == []
