"""Models on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from supabase_tasks import postgres
from supabase_tasks.errors import MigrationError, ModelsError
from supabase_tasks.models import Models, desired
from supabase_tasks.models.collect import collect_models
from supabase_tasks.schema import EventTrigger, Function, Sql, View
from supabase_tasks.settings import Settings


@pytest.fixture
def built(server: postgres.Server, settings: Settings, platform: str) -> Callable[[Models], Any]:
    @contextmanager
    def build(models: Models, **options: object) -> Iterator[psycopg.Connection[Any]]:
        name = desired.build_desired(server, replace(settings, **options), models, platform)
        try:
            with server.connect(name) as connection:
                yield connection
        finally:
            server.drop(name)

    return build


def some(metadata: MetaData) -> Models:
    Table("t", metadata, Column("id", Integer, primary_key=True))
    return collect_models(metadata)


def test_the_objects_belong_to_postgres(built: Callable[..., Any]) -> None:
    with built(some(MetaData())) as connection:
        owner = connection.execute("select tableowner from pg_tables where tablename = 't'").fetchone()
        assert owner == ("postgres",)


def test_what_misses_an_object_waits_for_it(built: Callable[..., Any]) -> None:
    metadata = MetaData()
    for number in range(5):
        View(f"v{number}", f"select * from public.v{number + 1}", metadata=metadata)
    View("v5", "select * from public.t", metadata=metadata)
    with built(some(metadata)) as connection:
        assert connection.execute("select count(*) from v0").fetchone() == (0,)


def test_a_circle_is_told_with_the_first_that_misses_something(
    server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    View("a", "select * from public.b", metadata=metadata)
    View("b", "select * from public.a", metadata=metadata)
    with pytest.raises(
        ModelsError, match=r'test_desired\.py:\d+: .*view public\.a: relation "public\.b" does not exist'
    ):
        desired.build_desired(server, settings, some(metadata), platform)
    with server.admin() as connection:
        left = connection.execute("select count(*) from pg_database where datname like 'desired_%'").fetchone()
        assert left == (0,)


def test_an_error_points_at_the_line_and_the_position(
    server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    View("v", "select id + true from public.t", metadata=metadata)
    with pytest.raises(ModelsError) as caught:
        desired.build_desired(server, settings, some(metadata), platform)
    assert caught.value.data["sqlstate"] == "42883"
    assert caught.value.data["line"] and str(caught.value.data["file"]).endswith("test_desired.py")
    assert "at: + true" in str(caught.value.cause)


def test_what_hosted_supabase_lifts_is_lifted(built: Callable[..., Any]) -> None:
    metadata = MetaData()
    watch = Function("watch", "begin end", returns="event_trigger", language="plpgsql", schema="app", metadata=metadata)
    EventTrigger("watch_models_test", "ddl_command_end", watch, metadata=metadata)
    with built(some(metadata)) as connection:
        owner = "select evtowner::regrole::text from pg_event_trigger where evtname = 'watch_models_test'"
        assert connection.execute(owner).fetchone() == ("postgres",)


def test_what_hosted_supabase_refuses_is_refused(server: postgres.Server, settings: Settings, platform: str) -> None:
    metadata = MetaData()
    Sql("alter role anon superuser", metadata=metadata)
    with pytest.raises(ModelsError, match="permission denied"):
        desired.build_desired(server, settings, some(metadata), platform)


def test_the_baseline_runs_first(built: Callable[..., Any], settings: Settings) -> None:
    file = settings.migrations / "0000_ground.sql"
    file.write_text("create schema ground; create function ground.one() returns int language sql as 'select 1';")
    metadata = MetaData()
    View("v", "select ground.one() as one", metadata=metadata)
    try:
        with built(some(metadata), baseline=(file.name,)) as connection:
            assert connection.execute("select one from v").fetchone() == (1,)
    finally:
        file.unlink()


def test_a_baseline_that_is_missing_or_broken_is_told(built: Callable[..., Any], settings: Settings) -> None:
    with (
        pytest.raises(ModelsError, match=r"0000_none\.sql does not exist"),
        built(some(MetaData()), baseline=("0000_none.sql",)),
    ):
        pass
    file = settings.migrations / "0000_broken.sql"
    file.write_text("create table;")
    try:
        with pytest.raises(MigrationError), built(some(MetaData()), baseline=(file.name,)):
            pass
    finally:
        file.unlink()
