"""`schema-generate --html` and `--summary`: what a reviewer sees of a real change, and of a branch's migrations."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from support import project as projects
from support import warm
from support.project import Project

from supabase_tasks import postgres

pytestmark = pytest.mark.server

MODELS = """
from sqlmodel import Field, SQLModel

from supabase_tasks.schema import Grant, Policy


class Team(SQLModel, table=True):
    __table_args__ = (
        Policy("all", using="(id > 1 and (id < 5 and name <> 'x'))"),
        Grant("select", to="anon"), Grant("all", to="service_role"), Grant("select", to="authenticated"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str


class Player(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with a first migration on its branch `main`."""
    project = projects.make(tmp_path_factory.mktemp("reviewed"), MODELS)
    git(project, "init", "-q", "-b", "main")
    run(project, "schema-generate", "--name", "base")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "base")
    yield project
    postgres.stop(project.settings)


def git(project: Project, *words: str) -> None:
    who = ("-c", "user.email=a@b.c", "-c", "user.name=A Person")
    subprocess.run(["git", *who, *words], cwd=project.root, check=True, capture_output=True)


def run(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", *words]
    done = warm.run(command, cwd=project.root)
    assert done.returncode == 0, done.stderr
    return done


def cards(page: str) -> list[str]:
    return re.findall(r"<h4>([^<]*)</h4>", page)


def test_what_the_migration_does_not_touch_is_not_on_the_page(made: Project) -> None:
    git(made, "checkout", "-qB", "one_column", "main")
    made.edit("    name: str\n", "    name: str\n    motto: str | None = None\n")
    # Quoted as one file, and not loaded by Python.
    done = run(made, "schema-generate", "--html", "out/review.html", "--summary", "markdown")
    page = (made.root / "out" / "review.html").read_text()
    assert cards(page) == ["public.team"]
    assert page.count('<section class="part">') == 1
    assert page.count("<ins>") == 1 and page.count("<del>") == 0
    assert 'href="../supabase/migrations/0001_add_team_motto.sql"' in page
    assert "one_column" in page and "A Person" in page
    assert "+     motto character varying" in done.stdout and done.stdout.count("<details>") == 2
    # The same, of the branch: the models have nothing to add to what is committed.
    git(made, "add", "-A")
    git(made, "commit", "-qm", "motto")
    again = run(made, "schema-generate", "--html", "out/again.html", "--summary", "markdown")
    assert cards((made.root / "out" / "again.html").read_text()) == ["public.team"]
    assert "+     motto character varying" in again.stdout and "nothing to do" not in again.stdout
    git(made, "checkout", "-q", "main")
    made.models(MODELS)


def test_without_a_change_there_is_no_page_and_that_is_said(made: Project) -> None:
    git(made, "checkout", "-q", "main")
    made.models(MODELS)
    done = run(made, "schema-generate", "--html", "none.html", "--summary", "markdown")
    assert not (made.root / "none.html").exists()
    assert "none.html is not written, no migration is new on this branch" in done.stderr
    assert done.stdout == "No migration is new on this branch: the database stays as it is.\n"


def test_no_password_and_no_option_is_on_a_page(made: Project) -> None:
    git(made, "checkout", "-qB", "secrets", "main")
    made.models(MODELS)
    made.write(
        "supabase/migrations/0001_secret.sql",
        "create extension postgres_fdw with schema extensions;\n"
        "create server s foreign data wrapper postgres_fdw options (host 'h.example', dbname 'hunter-two');\n"
        "create role r password 'hunter-three';\n"
        "create user mapping for postgres server s options (user 'u', password 'hunter-four');\n"
        "create table public.shown (id int primary key);\n",
    )
    (made.root / "pyproject.toml").write_text(
        projects.PYPROJECT + 'ignore = ["public.*", "foreign_server:s", "user_mapping:*", "extension:postgres_fdw"]\n'
    )
    done = run(made, "schema-generate", "--html", "secret.html", "--summary", "markdown")
    page = (made.root / "secret.html").read_text()
    assert "public.shown" in page and "public.shown" in done.stdout
    assert "hunter" not in page + done.stdout and "h.example" not in page + done.stdout
    (made.root / "pyproject.toml").write_text(projects.PYPROJECT)
    (made.root / "supabase/migrations/0001_secret.sql").unlink()


def test_another_form_of_a_summary_is_refused(made: Project) -> None:
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()"]
    done = subprocess.run(
        [*command, "schema-generate", "--summary", "html"], cwd=made.root, capture_output=True, text=True
    )
    assert (done.returncode, "--summary html: no such form" in done.stderr) == (1, True)
