"""Settings that name an object of the database: one that does not exist is told before anything is planned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks.errors import SettingsError
from supabase_tasks.flow.schema.generate import generate_migration
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.flow.schema.schema_diff import plan_schemas

pytestmark = pytest.mark.server
IN_API = """
from sqlmodel import Field, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str


class Player(SQLModel, table=True):
    __table_args__ = {"schema": "api_v1"}
    id: int | None = Field(default=None, primary_key=True)
"""


@pytest.fixture
def project(begin: Callable[[], Project]) -> Project:
    return begin()


def plan(project: Project, *lines: str, config: str = "") -> None:
    project.write("pyproject.toml", projects.PYPROJECT + "".join(f"{line}\n" for line in lines))
    project.write("supabase/config.toml", projects.CONFIG + config)
    try:
        generate_migration(project.settings, Request(dry_run=True, allow=frozenset({"data-loss"})))
    finally:
        project.write("pyproject.toml", projects.PYPROJECT)
        project.write("supabase/config.toml", projects.CONFIG)


@pytest.mark.parametrize(
    ("line", "config", "said", "meant"),
    [
        ('exposed_schemas = ["nope"]', "", "pyproject.toml:4: [tool.supabase-tasks] exposed_schemas names", None),
        (
            'exposed_schemas = ["public", "nope"]',
            "",
            "exposed_schemas names the schema 'nope', which does not exist",
            None,
        ),
        ('exposed_schemas = ["publc"]', "", "the schema 'publc', which does not exist", "public"),
        ("", '[api]\nschemas = ["publik"]\n', "config.toml:7: [api] schemas names the schema 'publik'", "public"),
    ],
)
def test_an_exposed_schema_that_does_not_exist_is_refused(
    project: Project, line: str, config: str, said: str, meant: str | None
) -> None:
    with pytest.raises(SettingsError) as caught:
        plan(project, line, config=config)
    assert said in caught.value.message
    hint = str(caught.value.cause).partition("did you mean ")[2]
    assert hint == (f"{meant!r}?" if meant else "")


def test_a_comparison_with_the_models_refuses_it_too(project: Project) -> None:
    project.write("pyproject.toml", projects.PYPROJECT + 'exposed_schemas = ["nope"]\n')
    with pytest.raises(SettingsError, match="the schema 'nope', which does not exist"):
        plan_schemas(project.settings, "migrations", "models", Request())
    project.write("pyproject.toml", projects.PYPROJECT)


@pytest.mark.parametrize(
    ("line", "config"),
    [
        ('exposed_schemas = ["public", "api_v1", "storage", "graphql_public"]', ""),
        ("exposed_schemas = []", ""),
        # The dashboard makes it when queues are exposed: a schema that a target alone has.
        ("", '[api]\nschemas = ["public", "graphql_public", "pgmq_public"]\n'),
    ],
)
def test_schemas_of_the_models_of_the_platform_and_of_a_target_are_taken(
    project: Project, line: str, config: str
) -> None:
    project.models(IN_API)
    plan(project, line, config=config)


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("public.playr", "public.player"),
        ("publc.player", "public.player"),
        ("publc.*", "public.*"),
        ("policy:public.playr.*", "policy:public.player.*"),
        ("public.plyer*", "public.player*"),
        ("function:publc.x", "function:public.x"),
    ],
)
def test_a_misspelt_pattern_is_told_once_with_the_one_that_is_meant(
    project: Project, capsys: pytest.CaptureFixture[str], pattern: str, meant: str
) -> None:
    plan(project, f'ignore = ["{pattern}"]')
    warnings = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warning: ")]
    assert len(warnings) == 1 and f"ignore has '{pattern}'" in warnings[0]
    assert warnings[0].endswith(f"did you mean '{meant}'?") and "pyproject.toml:4: " in warnings[0]


@pytest.mark.parametrize(
    "pattern",
    [
        "public.player",
        "public.pl*",
        "public.alembic_version",
        "legacy.*",
        "policy:storage.objects.*",
        "p*.player",
        "public.player.nick",
        "grant:public.team",
        "comment_on_type:public.*",
    ],
)
def test_a_pattern_that_covers_something_or_is_for_a_target_alone_is_taken(
    project: Project, capsys: pytest.CaptureFixture[str], pattern: str
) -> None:
    plan(project, f'ignore = ["{pattern}"]')
    assert "warning" not in capsys.readouterr().err
