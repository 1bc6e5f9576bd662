"""The clone pool: a requested copy of a template equals it, ready or not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from support.databases import oids, schema
from support.waiting import until

from supabase_tasks import postgres
from supabase_tasks.postgres import clone_pool, tidying
from supabase_tasks.postgres.cloning import copy_database, scratch_name
from supabase_tasks.settings import Settings

Admin = psycopg.Connection[Any]


@pytest.fixture
def admin(server: postgres.Server, platform: str) -> Iterator[Admin]:
    """The superuser's connection; the test begins and ends without a spare of the platform."""
    with server.admin() as connection:
        server.drop(clone_pool.name_of(platform))
        yield connection
        server.drop(clone_pool.name_of(platform))


@pytest.fixture
def drops(server: postgres.Server) -> Iterator[list[str]]:
    """Databases that are dropped after the test."""
    names: list[str] = []
    yield names
    for name in names:
        server.drop(name)


def test_a_spare_is_taken_by_renaming_it(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    clone_pool.refill(admin, platform)
    spare = clone_pool.name_of(platform)
    oid = oids(server)[spare]
    drops.append(server.clone(platform))
    there = oids(server)
    assert there[drops[0]] == oid
    assert spare not in there


def test_without_a_spare_the_template_is_copied(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    before = oids(server)
    drops += [server.clone(platform), server.clone(platform)]
    assert len(set(drops)) == 2
    assert oids(server).keys() - before.keys() == set(drops)


def test_a_clone_equals_its_template_and_belongs_to_postgres_with_or_without_a_spare(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    clone_pool.refill(admin, platform)
    drops += [server.clone(platform), server.clone(platform)]
    wanted = schema(server, platform)
    for name in drops:
        assert schema(server, name) == wanted
        row = admin.execute("select datdba::regrole::text from pg_database where datname = %s", (name,)).fetchone()
        assert row == ("postgres",)


def test_of_two_takers_of_one_spare_each_has_a_database(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    for _ in range(5):
        clone_pool.refill(admin, platform)
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(server.clone, [platform] * 2)
        drops += [first, second]
        assert first != second
        assert {first, second} <= oids(server).keys()
        assert clone_pool.name_of(platform) not in oids(server)


def questions(admin: Admin) -> list[object]:
    """When others asked whether a spare is still being made."""
    asking = "query like 'SELECT FROM pg_catalog.pg_stat_activity%' and pid <> pg_backend_pid()"
    return [start for (start,) in admin.execute(f"select query_start from pg_stat_activity where {asking}")]


def test_a_spare_that_is_still_being_made_is_waited_for(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    # PostgreSQL copies no database while somebody is connected to it; it waits a moment for the end of that.
    with ThreadPoolExecutor(1) as pool, server.connect(platform):
        server.begin_clone_ahead(platform)
        until(lambda: clone_pool._is_coming(admin, clone_pool.name_of(platform)))
        taking = pool.submit(server.clone, platform)
        asked: set[object] = set()
        until(lambda: asked.update(questions(admin)) or len(asked) > 3, what="asking for the spare again")
        assert not taking.done()
        assert clone_pool.name_of(platform) not in oids(server)
    drops.append(taking.result(timeout=30))
    there = oids(server)
    assert drops[0] in there
    assert clone_pool.name_of(platform) not in there, "it was copied a second time"


def test_a_spare_in_use_is_left_to_its_user(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    clone_pool.refill(admin, platform)
    with server.connect(clone_pool.name_of(platform)):
        drops.append(server.clone(platform))
    there = oids(server)
    assert {drops[0], clone_pool.name_of(platform)} <= there.keys()


def test_a_clone_that_fails_leaves_nothing(server: postgres.Server, platform: str, admin: Admin) -> None:
    before = oids(server).keys()
    with pytest.raises(psycopg.errors.InvalidCatalogName):
        server.clone("no_such_template")
    until(lambda: oids(server).keys() == before)


def test_an_unaltered_clone_that_is_given_back_is_the_next_spare(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    drops.append(server.clone(platform))
    oid = oids(server)[drops[0]]
    clone_pool.release(admin, platform, drops[0])
    assert drops[0] not in oids(server)
    assert oids(server)[clone_pool.name_of(platform)] == oid
    again = server.clone(platform)
    drops.append(again)
    assert oids(server)[again] == oid


def test_a_clone_is_not_given_back_where_there_is_a_spare(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    drops.append(server.clone(platform))
    clone_pool.refill(admin, platform)
    before = oids(server)
    clone_pool.release(admin, platform, drops[0])
    assert oids(server) == before


def test_a_large_template_has_no_spare(
    server: postgres.Server, platform: str, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clone_pool, "_LARGEST_BYTES", 0)
    clone_pool.refill(admin, platform)
    assert clone_pool.name_of(platform) not in oids(server)


def test_a_spare_that_is_there_is_not_made_again(server: postgres.Server, platform: str, admin: Admin) -> None:
    clone_pool.refill(admin, platform)
    before = oids(server)
    clone_pool.refill(admin, platform)
    assert oids(server) == before


def test_a_template_that_is_gone_has_no_spare_and_that_is_no_error(server: postgres.Server, admin: Admin) -> None:
    before = oids(server)
    clone_pool.refill(admin, "platform_of_yesterday")
    assert oids(server) == before
    assert not clone_pool.acquire(admin, "platform_of_yesterday", scratch_name())


def test_a_template_in_use_has_no_spare_and_that_is_no_error(
    server: postgres.Server, platform: str, admin: Admin
) -> None:
    with server.connect(platform):
        clone_pool.refill(admin, platform)
    assert clone_pool.name_of(platform) not in oids(server)


def test_tidying_removes_spares_of_templates_that_are_gone(
    server: postgres.Server, platform: str, admin: Admin, drops: list[str]
) -> None:
    template = "platform_of_yesterday"
    copy_database(admin, platform, template)
    drops += [template, clone_pool.name_of(template)]
    clone_pool.refill(admin, template)
    clone_pool.refill(admin, platform)
    tidying.tidy(admin)
    assert {clone_pool.name_of(template), clone_pool.name_of(platform)} <= oids(server).keys()
    server.drop(template)
    tidying.tidy(admin)
    assert clone_pool.name_of(template) not in oids(server)
    assert clone_pool.name_of(platform) in oids(server)


def test_spares_of_templates_that_tidying_removes_go_with_them(
    server: postgres.Server, project: Settings, platform: str, admin: Admin, drops: list[str]
) -> None:
    old = [f"platform_{number:016d}" for number in range(4)]
    drops += [*old, *map(clone_pool.name_of, old)]
    for name in old:
        copy_database(admin, platform, name)
        clone_pool.refill(admin, name)
    tidying.tidy(admin)
    there = oids(server).keys()
    assert old[0] not in there
    assert clone_pool.name_of(old[0]) not in there
    assert {old[-1], clone_pool.name_of(old[-1])} <= there
    # The server's own was the oldest here; it is made again when somebody asks for it.
    assert postgres.platform_template(server, project) == platform


def test_discarded_databases_are_gone_soon_despite_a_session(
    server: postgres.Server, platform: str, admin: Admin
) -> None:
    name = scratch_name()
    copy_database(admin, platform, name)
    with server.connect(name) as connection:
        server.discard(name, "no_such_database")
        until(lambda: name not in oids(server))
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
