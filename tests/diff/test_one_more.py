"""Two databases that differ in anything: it is planned, or it is named, and never "nothing to do"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from support import one_more

from supabase_tasks.background import BackgroundTask
from supabase_tasks.diff.catalog import unmodelled
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof import dump, equality, proof
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server
from supabase_tasks.postgres.copying import copy_schema
from supabase_tasks.settings import Settings

ADMIN = "supabase_admin"
Make = Callable[[str], str]


@pytest.fixture(scope="module")
def ground(server: Server, base: str) -> Iterator[str]:
    with server.scratch(base) as name:
        proof.apply(server, name, [PlannedFile("ground", one_more.GROUND, ())])
        yield name


@pytest.fixture(scope="module")
def whole(server: Server, ground: str) -> Iterator[str]:
    """The ground with every statement of `PLANNED`."""
    with server.scratch(ground) as name:
        proof.apply(server, name, [PlannedFile("more", ";\n".join(one_more.PLANNED), ())])
        yield name


def superuser(server: Server, database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(server.url(database, ADMIN), autocommit=True)


def test_what_no_kind_reads_is_named(server: Server, ground: str) -> None:
    things = one_more.NAMED | one_more.UNCOPIED
    with superuser(server, ground) as connection:
        before = read_snapshot(connection)
        with connection.transaction(force_rollback=True):
            for statement in things:
                connection.execute(statement.encode())
            # As whoever applies migrations: a superuser may plan what that role may not.
            connection.execute("SET LOCAL ROLE postgres")
            after = read_snapshot(connection)
    expected = {f"{name} (only on the {{}} side)" for name in things.values()}
    for way, pair in (("desired", (before, after)), ("current", (after, before))):
        found = set(unmodelled.differences(*(one.unmodelled for one in pair)))
        # An invalid index on the current side is built.
        wanted = {one.format(way) for one in expected if way == "desired" or unmodelled.INVALID not in one}
        assert wanted - found == set()


def test_all_of_them_together_are_planned_and_proven_both_ways(
    server: Server, settings: Settings, ground: str, whole: str
) -> None:
    for current, desired in ((ground, whole), (whole, ground)):
        plan = planned(server, current, desired)
        assert plan.unmodelled == ()
        proof.prove(server, settings, current, plan, desired)
        with server.scratch(current) as reached:
            proof.apply(server, reached, plan.files)
            assert planned(server, reached, desired).empty, "a second run has nothing to do"


def test_what_only_the_dump_says_is_named_too(server: Server, ground: str) -> None:
    before = dump.take(server, ground)
    with server.scratch(ground) as name:
        with superuser(server, name) as connection:
            for statement in one_more.IN_THE_DUMP:
                connection.execute(statement.encode())
        plan = planned(server, ground, name)
        assert plan.empty
        settled = equality.with_dump_differences(server, plan, name, ground, Scope(), BackgroundTask(lambda: before))
    assert len(settled.unmodelled) == len(one_more.IN_THE_DUMP), settled.unmodelled


def test_a_copy_loses_nothing_of_it(server: Server, whole: str) -> None:
    """schema-diff, drift, pull and import compare a copy."""
    with server.scratch(whole) as name:
        with superuser(server, name) as connection:
            for statement in one_more.NAMED:
                connection.execute(statement.encode())
        try:
            with copy_schema(server, server.url(name), env={"PGPASSWORD": server.password}) as copy:
                source, made = (read(server, one) for one in (name, copy))
                assert proof.compare(made, source) == []
                assert unmodelled.differences(made.unmodelled, source.unmodelled) == ()
                assert equality.differences(server, name, copy, Scope()) == []
                plan = equality.with_dump_differences(server, planned(server, whole, copy), whole, copy, Scope())
        finally:
            dismiss(server, name)
    expected = sorted(f"{thing} (only on the desired side)" for thing in one_more.NAMED.values())
    assert sorted(set(plan.unmodelled) & set(expected)) == expected


def read(server: Server, database: str) -> Snapshot:
    with server.connect(database) as connection:
        return read_snapshot(connection)


def planned(server: Server, current: str, desired: str) -> Plan:
    options = PlanOptions(ask=lambda question: None, allow=frozenset({"data-loss"}))
    with server.scratch(current) as clone, server.migrator(clone) as now, server.connect(desired) as then:
        return build_plan(now, then, None, options)


def dismiss(server: Server, database: str) -> None:
    """A database with a subscription cannot be dropped."""
    with superuser(server, database) as connection:
        connection.execute("ALTER SUBSCRIPTION one_more DISABLE")
        connection.execute("DROP SUBSCRIPTION one_more")
