"""Many statements in one round trip: all or none, and the one that failed is named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from support.waiting import until

from supabase_tasks import postgres
from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres import pipeline
from supabase_tasks.postgres.pipeline import Command

Connection = psycopg.Connection[Any]
# Far more than a socket's buffers take, in both directions.
MANY, LARGE = 4000, 2_000_000


@pytest.fixture(scope="module")
def database(server: postgres.Server, platform: str) -> Iterator[str]:
    with server.scratch(platform) as name:
        yield name


@pytest.fixture
def connection(server: postgres.Server, database: str) -> Iterator[Connection]:
    with server.connect(database) as opened:
        opened.execute("drop table if exists u, t; create table t (id int primary key, text text)")
        opened.execute("set client_min_messages = notice")
        yield opened


def commands(*texts: str) -> list[Command]:
    return [Command(text.encode()) for text in texts]


def rows(server: postgres.Server, database: str) -> int:
    with server.connect(database) as connection:
        row = connection.execute("select count(*) from t").fetchone()
    assert row is not None
    return int(row[0])


def inserts(number: int) -> list[Command]:
    return commands(*(f"insert into t values ({place})" for place in range(number)))


def test_all_statements_run_in_one_transaction(server: postgres.Server, database: str, connection: Connection) -> None:
    given = [*inserts(MANY), Command(b"insert into t values ($1, $2)", (b"-1", b"it's"))]
    assert pipeline.run(connection, given) is None
    row = connection.execute("select count(*), count(distinct xmin::text) from t").fetchone()
    assert row == (MANY + 1, 1)
    assert connection.execute("select text from t where id = -1").fetchone() == ("it's",)


def test_nothing_at_all_is_no_failure(connection: Connection) -> None:
    assert pipeline.run(connection, []) is None
    assert pipeline.run(connection, iter(())) is None


@pytest.mark.parametrize("place", [0, 1, 7, 8, 9, MANY // 2, MANY - 1])
def test_the_first_failure_is_told_by_its_index_and_nothing_remains(
    server: postgres.Server, database: str, connection: Connection, place: int
) -> None:
    given = inserts(MANY)
    given[place] = Command(b"insert into t values (no_such_column)")
    given[-1] = given[-1] if place == MANY - 1 else Command(b"another failure")
    failure = pipeline.run(connection, given)
    assert failure is not None
    assert (failure.index, failure.sqlstate, failure.position) == (place, "42703", 23)
    assert "no_such_column" in failure.message
    assert rows(server, database) == 0
    # The connection can be used on.
    assert pipeline.run(connection, inserts(3)) is None
    assert rows(server, database) == 3


def test_a_constraint_that_fails_with_the_commit_names_no_statement(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    connection.execute("create table u (t int references t deferrable initially deferred)")
    failure = pipeline.run(connection, commands("select 1", "insert into u values (1)", "select 2"))
    assert failure is not None
    assert (failure.index, failure.sqlstate) == (3, "23503")


def test_neither_side_waits_for_the_other_with_full_buffers(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    text = "x" * LARGE
    given: list[Command] = []
    for place in range(10):
        given += commands(f"insert into t values ({place}, '{text}')", f"select repeat('y', {LARGE})")
        given += commands("do $$ begin for n in 1..500 loop raise notice '%', repeat('z', 500); end loop; end $$")
    assert pipeline.run(connection, given) is None
    assert rows(server, database) == 10


def test_the_server_works_on_the_first_statements_while_others_are_still_made(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    with server.connect(database) as watcher:

        def locked() -> bool:
            row = watcher.execute("select from pg_locks where locktype = 'advisory' and objid = 4711").fetchone()
            return row is not None

        def made() -> Iterator[Command]:
            yield Command(b"select pg_advisory_xact_lock(4711)")
            # The next one is asked for when this one is on its way.
            yield Command(b"select 1")
            until(locked)
            yield Command(b"select 2")

        assert pipeline.run(connection, made()) is None
        assert not locked()


def test_an_iterator_that_fails_midway_ends_the_connection_and_nothing_remains(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    def made() -> Iterator[Command]:
        yield from inserts(100)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pipeline.run(connection, made())
    assert connection.closed
    assert rows(server, database) == 0


def test_an_interrupt_while_it_waits_ends_the_connection(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    def made() -> Iterator[Command]:
        yield from inserts(10)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run(connection, made())
    assert connection.closed
    assert rows(server, database) == 0


@pytest.mark.parametrize("text", ["copy t from stdin", "/* in */ COPY t (id) FROM stdin WITH (FORMAT csv)"])
def test_a_copy_from_the_client_is_refused_by_its_index(
    server: postgres.Server, database: str, connection: Connection, text: str
) -> None:
    failure = pipeline.run(connection, [*inserts(20), *commands(text, "insert into t values (99)")])
    assert failure is not None
    assert (failure.index, failure.sqlstate) == (20, "0A000")
    assert connection.closed
    assert rows(server, database) == 0


def test_a_statement_that_merely_speaks_of_copies_runs_with_the_others(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    given = [*inserts(MANY), *commands("insert into t values (-1, 'a copy')")]
    assert pipeline.run(connection, given) is None
    assert rows(server, database) == MANY + 1
    failure = pipeline.run(connection, given)
    assert failure is not None
    assert (failure.index, failure.sqlstate) == (0, "23505")
    failure = pipeline.run(connection, commands("insert into t values (-2, 'a copy')", "select 1/0"))
    assert failure is not None
    assert (failure.index, failure.sqlstate) == (1, "22012")
    assert rows(server, database) == MANY + 1


def test_a_session_that_is_ended_meanwhile_is_an_error_of_the_connection(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    pid = connection.info.backend_pid

    def end() -> None:
        with server.admin() as admin:
            sleeping = "select from pg_stat_activity where pid = %s and wait_event = 'PgSleep'"
            until(lambda: admin.execute(sleeping, (pid,)).fetchone() is not None)
            admin.execute("select pg_terminate_backend(%s)", (pid,))

    ending = threading.Thread(target=end)
    ending.start()
    with pytest.raises(DatabaseError, match="ended the connection"):
        pipeline.run(connection, [*inserts(5), *commands("select pg_sleep(30)")])
    ending.join()
    assert connection.closed
    assert rows(server, database) == 0


def test_what_copy_sends_to_the_client_is_passed_over(
    server: postgres.Server, database: str, connection: Connection
) -> None:
    given = inserts(3)
    given += commands(f"copy (select repeat('y', 1000) from generate_series(1, {MANY})) to stdout", "select 1")
    given += commands("copy t to stdout")
    assert pipeline.run(connection, [*given, *commands("insert into t values (9)")]) is None
    assert rows(server, database) == 4
    failure = pipeline.run(
        connection, commands("copy t to stdout", "copy (select 1 / (id - 9) from t) to stdout", "select 1")
    )
    assert failure is not None
    assert (failure.index, failure.sqlstate) == (1, "22012")
    assert rows(server, database) == 4
