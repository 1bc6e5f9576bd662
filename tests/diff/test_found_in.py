"""A query that is not asked would have had no rows: each kind, and each thing that no kind reads, is found where it is alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from support import one_more
from support.scenario import ADMIN

from supabase_tasks import postgres
from supabase_tasks.diff import reader
from supabase_tasks.diff.catalog import unmodelled
from supabase_tasks.diff.catalog.rows import Query
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.settings import Settings

Connection = psycopg.Connection[Any]
NAMED = one_more.NAMED | one_more.UNCOPIED
# What a database has of these is PostgreSQL's or the platform's too: they are asked everywhere.
ASKED = {
    *(
        "schema",
        "extension",
        "table",
        "column",
        "constraint",
        "index",
        "replica_identity",
        "function",
        "row_level_security",
    ),
    *("publication", "realtime_options", "grant", "default_privilege", "comment", "extension_dependency", "owner"),
}


@pytest.fixture(scope="module")
def ground(server: postgres.Server, base: str) -> Iterator[Connection]:
    """A superuser's session in a database with one object of each kind that a project can have."""
    with server.scratch(base) as name, psycopg.connect(server.url(name, ADMIN), autocommit=True) as connection:
        connection.execute(one_more.GROUND.encode())
        # It brings a base type.
        connection.execute("DROP EXTENSION citext")
        yield connection


def asked(connection: Connection, query: Query) -> bool:
    return connection.execute(f"SELECT {query.condition}".encode()).fetchone() == (True,)


def catalogs_with_rows(connection: Connection) -> set[str]:
    return {one for one in unmodelled.FOUND_IN if asked(connection, Query("", (one,)))}


def has_rows(connection: Connection, query: Query) -> bool:
    return connection.execute(query.text.encode()).fetchone() is not None


def test_which_kinds_are_asked_everywhere() -> None:
    assert {name for name, kind in KINDS.items() if kind.query and not kind.found_in} == ASKED


def test_a_new_project_is_asked_for_nothing_that_it_cannot_have(
    database: Callable[[str], str], connect: Callable[[str], Connection]
) -> None:
    connection = connect(database(""))
    left_out = [query for query in reader._queries() if not asked(connection, query)]
    assert len(left_out) == sum(bool(query.found_in) for query in reader._queries())
    assert not any(has_rows(connection, query) for query in left_out)


def test_nothing_of_the_platform_is_left_out(server: postgres.Server, settings: Settings) -> None:
    with server.connect(postgres.platform_template(server, settings)) as connection:
        left_out = [query for query in reader._queries() if not asked(connection, query)]
        assert len(left_out) > 10
        assert not any(has_rows(connection, query) for query in left_out)


def test_what_the_ground_has_is_asked(ground: Connection) -> None:
    there = [query for query in reader._queries() if query.found_in and has_rows(ground, query)]
    assert len(there) > 10
    assert all(asked(ground, query) for query in there)


@pytest.mark.parametrize("statement", NAMED, ids=NAMED.values())
def test_what_no_kind_reads_is_named_when_nothing_else_is_there(ground: Connection, statement: str) -> None:
    before = catalogs_with_rows(ground)
    with ground.transaction(force_rollback=True):
        if statement.startswith("COMMENT ON SUBSCRIPTION"):
            (made,) = (one for one in NAMED if one.startswith("CREATE SUBSCRIPTION"))
            ground.execute(made.encode())
        ground.execute(statement.encode())
        assert catalogs_with_rows(ground) > before, "it is asked because of something else"
        # As whoever applies migrations: a superuser may plan what that role may not.
        ground.execute("SET LOCAL ROLE postgres")
        found = {f"{kind} {name}" for kind, name, _ in reader.read_snapshot(ground).unmodelled}
    assert NAMED[statement] in found
