"""Both sides of a comparison, with the models read in this process and apart from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import project as projects
from support.databases import oids
from support.project import Project
from support.waiting import until, until_older

from supabase_tasks import memo, postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.flow.schema import opening
from supabase_tasks.flow.schema.check import OutOfDateError, check_models
from supabase_tasks.flow.schema.generate import generate_migration
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.memo import fingerprints
from supabase_tasks.models import forked_loader, loader

pytestmark = pytest.mark.server


@pytest.fixture(params=["here", "apart"])
def project(root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project without migrations; `in_other_process` as if it had thousands of lines."""
    # The test runner's own threads would forbid it.
    monkeypatch.setattr(forked_loader, "possible", lambda: True)
    monkeypatch.setattr(loader, "LARGE_BYTES", 0 if request.param == "apart" else 1_000_000)
    there = Project(root)
    for path in there.migrations:
        path.unlink()
    memo.forget(there.settings)
    there.models(projects.MODELS)
    return there


def test_the_same_migrations_come_of_both_ways_and_are_remembered(project: Project) -> None:
    first = generate_migration(project.settings, Request(name="first"))
    assert "CREATE TABLE public.player" in first.written[0].read_text()
    project.edit("name: str", "name: str\n    city: str | None = None")
    second = generate_migration(project.settings, Request())
    assert [path.name for path in second.written] == ["0001_add_team_city.sql"]
    assert not generate_migration(project.settings, Request()).changed
    project.models((project.root / "models.py").read_text() + "\n# Another file, the same models.\n")
    # What is as young as the run may change once more without its times changing.
    until_older(project.root / "models.py", nanoseconds=2 * fingerprints.TICK_NS)
    assert not check_models(project.settings).remembered
    # The tests' own modules count as the models' here. Where something changes the repository's folders meanwhile, nothing is
    # remembered, as it should be; a check after that is.
    until(lambda: check_models(project.settings).remembered, what="a check that is remembered")


def test_what_is_missing_is_noticed(project: Project) -> None:
    generate_migration(project.settings, Request(name="first"))
    project.edit("name: str", "name: str\n    city: str | None = None")
    with pytest.raises(OutOfDateError):
        check_models(project.settings)


def test_a_rename_that_the_models_tell_is_one(project: Project) -> None:
    generate_migration(project.settings, Request(name="first"))
    project.edit("import Field, SQLModel", "import Field, SQLModel\nfrom supabase_tasks.schema import renamed_from")
    project.edit("    name: str", '    title: str = Field(sa_column_kwargs={"info": renamed_from("name")})')
    (path,) = generate_migration(project.settings, Request()).written
    assert "RENAME COLUMN name TO title" in path.read_text()


def test_lost_tables_are_refused(project: Project) -> None:
    for name in ("Coach", "Match"):
        more = f"\n\nclass {name}(SQLModel, table=True):\n    id: int | None = Field(default=None, primary_key=True)\n"
        project.models((project.root / "models.py").read_text() + more)
    generate_migration(project.settings, Request(name="first"))
    project.models(projects.MODELS.partition("class Player")[0])
    with pytest.raises(ModelsError, match="lost 3 of the 4 tables"):
        generate_migration(project.settings, Request())


def test_models_that_postgresql_refuses_are_named_by_file_and_line(project: Project) -> None:
    project.models(
        projects.MODELS.replace(
            "import Field, SQLModel", "import Field, SQLModel\nfrom sqlalchemy import CheckConstraint"
        )
        + '    __table_args__ = (CheckConstraint("nobody > 1"),)\n'
    )
    with pytest.raises(ModelsError, match=r"models\.py:\d+: PostgreSQL refuses table"):
        generate_migration(project.settings, Request(name="first"))
    assert not project.migrations


def test_nothing_is_left_when_the_models_do_not_load(project: Project) -> None:
    server = postgres.shadow(project.settings)
    project.models("import absent_library\n")
    with pytest.raises(ModelsError), opening.open_comparison(project.settings):
        pass
    # The server drops them in the background.
    until(lambda: not any(name.startswith(("scratch", "desired")) for name in oids(server)))
