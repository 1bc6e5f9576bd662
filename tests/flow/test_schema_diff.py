"""schema-diff from and to a plain PostgreSQL, and the report for a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.project import Project

from supabase_tasks import postgres
from supabase_tasks.errors import TaskError
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.flow.schema.schema_diff import plan_schemas

pytestmark = pytest.mark.server

MODELS = """
from sqlmodel import Field, SQLModel


class Dish(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
"""
REQUEST = Request(allow=frozenset({"data-loss"}))
BUILT = {
    "serial under another name": """
        CREATE TABLE dishes (id serial PRIMARY KEY, name varchar NOT NULL); ALTER TABLE dishes RENAME TO dish""",
    "extensions in public": """
        CREATE EXTENSION pgcrypto; CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm;
        CREATE TABLE dish (id serial PRIMARY KEY, name varchar NOT NULL DEFAULT encode(gen_random_bytes(4), 'hex'));
        CREATE INDEX ON dish USING gin (name gin_trgm_ops)""",
    "schemas, views, routines, a publication": """
        CREATE SCHEMA app; CREATE TYPE app.st AS ENUM ('a', 'b'); CREATE TABLE app.t (id uuid PRIMARY KEY, s app.st);
        CREATE TABLE dish (id serial PRIMARY KEY, name varchar NOT NULL, t uuid REFERENCES app.t(id));
        CREATE VIEW v AS SELECT id FROM dish; CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS c FROM dish;
        CREATE FUNCTION tg() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
        CREATE TRIGGER tr BEFORE INSERT ON dish FOR EACH ROW EXECUTE FUNCTION tg();
        CREATE PUBLICATION pub FOR TABLE dish; COMMENT ON SCHEMA public IS 'ours'""",
    "schemas of the platform's names": """
        CREATE SCHEMA cron; CREATE TABLE cron.mine (id int); CREATE SCHEMA extensions;
        CREATE EXTENSION hstore SCHEMA extensions; CREATE TABLE dish (id serial PRIMARY KEY, name extensions.hstore)""",
}
# What a fresh Supabase database has, whoever's models they are.
PLATFORM = (
    "auth.",
    "storage.",
    "realtime.",
    "supabase_vault",
    "pg_graphql",
    "DEFAULT PRIVILEGES",
    " anon",
    "supabase_admin",
)


@pytest.fixture
def project(root: Path) -> Project:
    there = Project(root)
    for path in there.migrations:
        path.unlink()
    there.models(MODELS)
    return there


@pytest.fixture
def plain(project: Project) -> Iterator[str]:
    """A database as `initdb` makes it, and its URL."""
    server = postgres.shadow(project.settings)
    with server.admin() as connection:
        connection.execute("CREATE DATABASE plain TEMPLATE template0 OWNER postgres")
    yield server.private_url("plain")
    server.drop("plain")


def build(project: Project, sql: str) -> None:
    with postgres.shadow(project.settings).connect("plain") as connection:
        connection.execute(sql.encode())


@pytest.mark.parametrize("sql", BUILT.values(), ids=BUILT)
def test_a_plain_postgresql_is_compared_by_the_projects_objects(sql: str, project: Project, plain: str) -> None:
    build(project, sql)
    # Both are proven; nothing of the platform comes or goes.
    there = plan_schemas(project.settings, plain, "models", REQUEST)
    back = plan_schemas(project.settings, "models", plain, REQUEST)
    assert "ALTER TABLE public.dish" in there.sql
    assert "DISABLE ROW LEVEL SECURITY" in back.sql
    assert [word for word in PLATFORM if word in there.sql + back.sql] == []


def test_a_plain_postgresql_equals_itself(project: Project, plain: str) -> None:
    build(project, BUILT["schemas, views, routines, a publication"])
    assert plan_schemas(project.settings, plain, plain, REQUEST).empty


def test_a_report_holds_both_schemas_and_no_secret(project: Project, plain: str, tmp_path: Path) -> None:
    build(
        project,
        "CREATE TABLE dish (id serial PRIMARY KEY, name varchar NOT NULL); INSERT INTO dish (name) VALUES ('Soup of the day');"
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ select 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoieCJ9.c2lnbmF0dXJl' $$",
    )
    path = tmp_path / "report.sql"
    plan_schemas(project.settings, plain, "models", REQUEST, report=path)
    text = path.read_text()
    assert text.count("CREATE TABLE public.dish") == 2
    assert "===== plan =====" in text and "ENABLE ROW LEVEL SECURITY" in text
    assert "Soup" not in text and "eyJhbGci" not in text and "CREATE TABLE auth.users" not in text
    with pytest.raises(TaskError):
        plan_schemas(project.settings, plain, "models", REQUEST, report=path)
    assert path.read_text() == text
