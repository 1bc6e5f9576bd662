from __future__ import annotations

import pytest
import sqlalchemy
from sqlalchemy import event

from supabase_tasks.errors import GuardError
from supabase_tasks.guard import ddl_guard


@pytest.mark.parametrize(
    ("host", "is_hosted"),
    [
        ("db.abcdefghijklmnopqrst.supabase.co", True),
        ("aws-0-eu-central-1.pooler.supabase.com", True),
        ("db.mine.example", True),
        ("127.0.0.1", False),
        ("localhost", False),
        ("", False),
        ("DB.abcdefghijklmnopqrst.Supabase.CO", True),
        ("db.abcdefghijklmnopqrst.supabase.co.", True),
        ("DB.mine.example.", True),
        ("notsupabase.co", False),
        ("elsewhere.example", False),
    ],
)
def test_what_hosted_is(host: str, is_hosted: bool) -> None:
    assert ddl_guard.is_hosted(host, {"DATABASE_URL_PROD": "postgresql://u:p@db.mine.example/postgres"}) is is_hosted


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("CREATE TABLE a (id int)", "CREATE TABLE a"),
        ("/* x */ alter table a add b int", "alter table a"),
        ("select 1; drop table a", "drop table a"),
        ("grant select on a to anon", "grant select on"),
        ("create temp table a (id int)", None),
        ("select 'drop table a'", None),
        ("insert into a values ('create')", None),
        ("update a set comment = 'x'", None),
    ],
)
def test_what_ddl_is(sql: str, found: str | None) -> None:
    assert ddl_guard.ddl(sql) == found


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> sqlalchemy.Engine:
    """An engine that believes to be hosted: the guard looks at the URL, and SQLite needs no network to get there."""
    engine = sqlalchemy.create_engine("sqlite://")
    hosted = sqlalchemy.make_url("postgresql://postgres@db.abcdefghijklmnopqrst.supabase.co/postgres")
    monkeypatch.setattr(engine, "url", hosted)
    ddl_guard.install()
    return engine


def test_create_all_is_refused_with_the_reason(engine: sqlalchemy.Engine) -> None:
    metadata = sqlalchemy.MetaData()
    sqlalchemy.Table("scenes", metadata, sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True))
    with pytest.raises(GuardError) as caught:
        metadata.create_all(engine, checkfirst=False)
    assert caught.value.code == "direct-ddl"
    assert "CREATE TABLE scenes" in caught.value.message
    assert "supabase-db-push-staging" in (caught.value.next_step or "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://u:p@/postgres?host={host}:5432&host=localhost",
        "postgresql+psycopg://u:p@localhost/postgres?host={host}",
        "postgresql+psycopg://u:p@localhost/postgres?host=localhost,{host}",
        "postgresql+psycopg://u:p@localhost,{host}/postgres",
        "postgresql+psycopg://u:p@localhost/postgres?hostaddr=203.0.113.9",
    ],
)
def test_every_host_of_a_url_counts(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL_PROD", "postgresql://u:p@203.0.113.9:5432/postgres")
    with pytest.raises(GuardError) as caught:
        ddl_guard.refuse(url.format(host="db.abcdefghijklmnopqrst.supabase.co"))
    assert caught.value.code == "direct-ddl"
    ddl_guard.refuse("postgresql+psycopg://u:p@localhost:5432/postgres?host=/tmp")


def test_alembic_upgrade_is_refused(engine: sqlalchemy.Engine) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with engine.connect() as connection, pytest.raises(GuardError):
        Operations(MigrationContext.configure(connection)).create_table(
            "x", sqlalchemy.Column("id", sqlalchemy.Integer)
        )
    with pytest.raises(GuardError) as caught:
        ddl_guard.refuse("postgresql://postgres@db.abcdefghijklmnopqrst.supabase.co/postgres")
    assert "alembic upgrade" in caught.value.message


def test_statements_on_rows_are_not_restricted(engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("select 1")).scalar() == 1


def test_a_reason_allows_it(engine: sqlalchemy.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ddl_guard.ALLOW_VARIABLE, "last Alembic revision")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("create table x (id int)"))
    monkeypatch.setenv(ddl_guard.ALLOW_VARIABLE, " ")
    with engine.connect() as connection, pytest.raises(GuardError):
        connection.execute(sqlalchemy.text("create table y (id int)"))


def test_other_databases_are_left_alone() -> None:
    ddl_guard.install()
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        connection.execute(sqlalchemy.text("create table x (id int)"))


def test_every_model_puts_the_watch_on() -> None:
    import supabase_tasks.schema  # noqa: F401

    assert event.contains(sqlalchemy.Engine, "before_cursor_execute", ddl_guard._watch)
