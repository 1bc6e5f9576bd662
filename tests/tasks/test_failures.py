"""The failures that a beginner meets, provoked: the cause in the user's words, and one next step that a shell can run.

The numbers are those of the list that was walked through by hand. Not here: 1 (`inv` without a tasks.py: Invoke's own words,
before anything of ours is loaded), 4, 25, 27, 29 and 34 (no failures), 62 (pip's). Those that need a hosted database or a
broken network are in `tests/hosted` and `tests/cli`; those of questions in `test_dialogue.py`.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support import project as projects
from support import warm
from support.project import Project

from supabase_tasks import command_line, postgres

pytestmark = pytest.mark.server

BIN = Path(sys.executable).parent
SECRET = "Long-Secret-Part-9"
REF = "abcdefghijklmnopqrst"
HEAD = "from sqlmodel import Field, SQLModel\n\n\n"


def table(name: str, *lines: str, key: str = "id: int | None = Field(default=None, primary_key=True)") -> str:
    body = [line for line in (key, *lines) if line]
    return f"class {name}(SQLModel, table=True):\n" + "".join(f"    {line}\n" for line in body) + "\n\n"


def models(text: str) -> Callable[[Project], None]:
    return lambda project: project.models(text)


def file(name: str, text: str) -> Callable[[Project], None]:
    return lambda project: project.write(name, text) and None


def settings(*lines: str) -> Callable[[Project], None]:
    return file("pyproject.toml", projects.PYPROJECT + "".join(f"{line}\n" for line in lines))


def migration(text: str, name: str = "0000_x.sql") -> Callable[[Project], None]:
    return file(f"supabase/migrations/{name}", text)


def both(*steps: Callable[[Project], None]) -> Callable[[Project], None]:
    def taken(project: Project) -> None:
        for step in steps:
            step(project)

    return taken


def program(text: str) -> Callable[[Project], None]:
    """A Supabase CLI of one's own, set as `cli_path`."""

    def made(project: Project) -> None:
        path = project.write("supabase-cli", f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        settings(f'cli_path = "{path}"')(project)

    return made


def git(project: Project, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.test", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=project.root, check=True, capture_output=True)


def merged_and_edited(project: Project) -> None:
    migration("create table public.a (id int);\n")(project)
    for arguments in (["init"], ["add", "-A"], ["commit", "-m", "x"], ["checkout", "-b", "mine"]):
        git(project, *arguments)
    migration("create table public.b (id int);\n")(project)


def tracked_secret(project: Project) -> None:
    file(".env.development", f"SUPABASE_DB_PASSWORD_STAGING={SECRET}\nSUPABASE_PROJECT_REF_STAGING={REF}\n")(project)
    git(project, "init")
    git(project, "add", "-f", ".env.development")


def in_a_subfolder(project: Project) -> None:
    inner = project.root / "shop"
    inner.mkdir()
    for path in list(project.root.iterdir()):
        if path != inner:
            shutil.move(path, inner / path.name)


def empty(project: Project) -> None:
    for path in project.root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@dataclass(frozen=True)
class Case:
    """`said` is in the first lines, `step` in the one next step (`fix` in the edit before it)."""

    number: int
    words: str
    setup: Callable[[Project], object]
    said: str
    step: str = ""
    fix: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    runs: bool = False

    @property
    def name(self) -> str:
        return f"{self.number:02}-{self.said[:40]}"


def nothing(_: Project) -> None: ...


def url(value: str) -> dict[str, str]:
    return {"DATABASE_URL_STAGING": value}


ENUM = "from enum import Enum\n\n\nclass Colour(Enum):\n    {}\n\n\n"
CIRCLE = both(file("other.py", "from models import Team\n"), models("from other import Team\n\n\nclass Team: ...\n"))
DIFF = "inv schema-diff --from staging"
GENERATE = "inv schema-generate"
CASES = [
    Case(2, "supabase-tasks schema-generate", empty, "there is no project in", "supabase-tasks init"),
    Case(
        3,
        "supabase-tasks schema-check",
        in_a_subfolder,
        "but there is one in shop",
        "cd shop && supabase-tasks schema-check",
        runs=True,
    ),
    Case(5, GENERATE, file("pyproject.toml", "[tool.supabase-tasks]\n"), "no models are configured", "tasks init"),
    Case(6, GENERATE, settings('models = "modells"'.replace("models =", "sql_ =")), "unknown setting 'sql_'", GENERATE),
    Case(6, GENERATE, file("pyproject.toml", '[tool.supabase-tasks]\nmodels = "modells"\n'), "'modells'", GENERATE),
    Case(7, "inv schema-genrate", nothing, "there is no task 'schema-genrate'", GENERATE),
    Case(8, "inv schema-generate --dryrun", nothing, "schema-generate has no option --dryrun", "--dry-run"),
    Case(9, "inv schema-generate --name", nothing, "--name needs a value", "inv --help schema-generate", runs=True),
    Case(10, "inv migrations-new", nothing, "migrations-new needs name", "inv --help migrations-new", runs=True),
    Case(11, GENERATE, models("x = (\n"), "models.py:1", GENERATE),
    Case(12, GENERATE, models("import pandas_is_not_here\n"), "models.py:1", GENERATE),
    Case(13, GENERATE, models("x = undefined_name\n"), "models.py:1", GENERATE),
    Case(14, GENERATE, CIRCLE, ".py:1", GENERATE),
    Case(15, GENERATE, models(HEAD + table("Team") * 2), "team", GENERATE),
    Case(
        16,
        GENERATE,
        models(HEAD + table("P", 'x: int = Field(foreign_key="custmer.id")')),
        "no table 'custmer'",
        GENERATE,
    ),
    Case(
        17,
        GENERATE,
        models(HEAD + table("Customer") + table("P", 'x: int = Field(foreign_key="customer.idd")')),
        "did you mean 'id'?",
        GENERATE,
    ),
    Case(18, GENERATE, models(HEAD + table("P", "x: int", key="")), "primary key", GENERATE),
    Case(19, GENERATE, models(HEAD + table("P", "x: dict")), "dict", GENERATE),
    Case(20, GENERATE, models(HEAD + ENUM.format("pass") + table("P", "x: Colour")), "has no member", GENERATE),
    Case(21, GENERATE, models(HEAD + ENUM.format(f"A{'a' * 63} = 1") + table("P", "x: Colour")), "label", GENERATE),
    Case(
        22,
        GENERATE,
        both(migration("select 1;", "0000_a.sql"), migration("select 1;", "0000_b.sql")),
        "two migrations have the version 0000",
        "inv migrations-renumber",
    ),
    Case(23, "inv migrations-check", merged_and_edited, "1 problem in 1 migration", "git checkout"),
    Case(26, GENERATE, migration("<<<<<<< HEAD\nselect 1;\n"), "0000_x.sql", GENERATE),
    Case(28, GENERATE, models("<<<<<<< HEAD\n"), "models.py:1", GENERATE),
    Case(30, GENERATE, migration("create tabel public.a (id int);"), "0000_x.sql", GENERATE),
    Case(32, GENERATE, migration("alter table public.nope add x int;"), "public.nope", GENERATE),
    Case(33, "inv migrations-check", migration("select 1;", "add_things.sql"), "1 problem"),
    Case(35, "inv migrations-renumber", nothing, "this is not a git repository", "git init", runs=True),
    Case(38, "inv supabase-db-reset", program("echo 1.0.0"), "1.0.0", "inv supabase-db-reset", "remove cli_path"),
    Case(
        39, "inv supabase-db-reset", program("echo boom; exit 1"), "supabase-cli", "inv supabase-db-reset", "cli_path"
    ),
    Case(41, GENERATE, file("supabase/config.toml", "[db\n"), "config.toml", GENERATE),
    Case(42, GENERATE, file("pyproject.toml", "[tool\n"), "pyproject.toml", GENERATE),
    Case(43, GENERATE, settings("modles = 1"), "unknown setting 'modles'", GENERATE, "correct modles"),
    Case(44, GENERATE, file("pyproject.toml", "[tool.supabase-tasks]\nmodels = 3\n"), "models must be", GENERATE),
    Case(45, GENERATE, settings('naming = "dates"'), "naming must be", GENERATE),
    Case(46, "inv supabase-db-push-stagging", nothing, "no task 'supabase-db-push-stagging'", "push-staging"),
    Case(47, "inv schema-diff --from stagin", nothing, "'stagin' is neither", "inv schema-diff --from staging"),
    Case(48, DIFF, nothing, "needs SUPABASE_PROJECT_REF_STAGING and", DIFF, ".env.development"),
    Case(
        49,
        DIFF,
        nothing,
        "SUPABASE_PROJECT_REF_STAGING is not a project ref",
        DIFF,
        environment={
            "SUPABASE_PROJECT_REF_STAGING": "https://x.supabase.co",
            "SUPABASE_DB_PASSWORD_STAGING": SECRET,
        },
    ),
    Case(
        50,
        DIFF,
        nothing,
        "name different projects",
        DIFF,
        environment={
            "SUPABASE_PROJECT_REF_STAGING": REF[::-1],
            **url(f"postgresql://postgres:{SECRET}@db.{REF}.supabase.co:5432/postgres"),
        },
    ),
    Case(
        51,
        DIFF,
        nothing,
        "DATABASE_URL_STAGING cannot be used",
        DIFF,
        environment=url(f"postgresql://postgres.{REF}:{SECRET}@pooler.supabase.com:6543/postgres"),
    ),
    *(
        Case(
            52,
            DIFF,
            nothing,
            "DATABASE_URL_STAGING cannot be used",
            DIFF,
            environment=url(f"postgresql://postgres:short{character}{SECRET}/more@db.{REF}.supabase.co:5432/postgres"),
        )
        for character in "@/#?"
    ),
    Case(
        53,
        DIFF,
        file(".env.development", f"A=1\nSUPABASE_DB_PASSWORD_STAGING='it's {SECRET}'\n"),
        ".env.development:2",
        DIFF,
        environment={"SUPABASE_PROJECT_REF_STAGING": REF},
    ),
    Case(54, DIFF, tracked_secret, "which git tracks", "git rm --cached", runs=True),
    Case(59, "inv schema-generate --rename a:b:c:d", nothing, "--rename a:b:c:d", GENERATE),
    Case(59, "inv schema-generate --custom", nothing, "a custom migration needs a name", "--custom --name"),
    Case(60, "inv schema-generate --allow dataloss", nothing, "--allow dataloss", "--allow data-loss"),
    Case(61, "inv schema-generate --default nonsense", nothing, "--default nonsense", GENERATE),
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = projects.make(tmp_path / "shop-of-mine")
    yield made
    for folder in (made.root, made.root / "shop"):
        if (folder / "pyproject.toml").exists() and (folder / "models.py").exists():
            try:
                postgres.stop(Project(folder).settings)
            except Exception:
                continue


def ran(project: Project, words: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / words[0]), *words[1:]]
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_STAGING", "_PROD"))}
    return warm.run(command, cwd=project.root, env={**kept, **environment})


def steps(text: str) -> list[str]:
    found = [line.partition(": ")[2] for line in text.split("\n") if line.startswith(("next: ", "or: "))]
    assert text.count("\nnext: ") == 1, text
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_failure_says_its_cause_and_one_next_step(project: Project, case: Case) -> None:
    case.setup(project)
    done = ran(project, shlex.split(case.words), case.environment)
    shown = done.stdout + done.stderr
    assert done.returncode == 1, shown
    assert "Traceback" not in shown and SECRET.lower() not in shown.lower() and "short" not in shown
    error = done.stderr[done.stderr.index("error: ") :]
    assert case.said.lower() in error.lower(), shown
    commands = steps(done.stderr)
    assert case.step in commands[0], shown
    assert case.fix in error, shown
    for command in commands:
        assert command_line.is_command(command), command
        # A POSIX shell reads it, and finds a program of that name.
        subprocess.run(["sh", "-n", "-c", command], check=True)
        first = shlex.split(command)[0]
        assert shutil.which(first, path=f"{BIN}:{os.environ['PATH']}") or first in ("cd", "export", "unset"), command
    if case.runs:
        again = subprocess.run(
            ["sh", "-c", commands[0]],
            cwd=project.root,
            env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert again.returncode in (0, 1) and "is not found" not in again.stderr, again.stderr
        assert "there is no task" not in again.stderr and "has no option" not in again.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("inv schema-genrate --json", "unknown-task"),
        ("inv schema-generate --dryrun --json", "unknown-option"),
        ("inv migrations-new --json", "missing-argument"),
        ("inv schema-generate --json --name", "missing-value"),
        ("supabase-tasks schema-genrate --json", "unknown-task"),
        ("supabase-tasks schema-generate --json --dryrun", "unknown-option"),
    ],
)
def test_parse_errors_are_one_json_document(project: Project, words: str, code: str) -> None:
    done = ran(project, shlex.split(words), {})
    document = json.loads(done.stdout)
    assert (done.returncode, document["ok"], document["error"]["code"]) == (1, False, code)
    assert command_line.is_command(document["error"]["next_step"])


def test_bare_and_list_show_tasks_in_order_of_use_and_where_to_start(project: Project) -> None:
    for words in (["inv"], ["inv", "--list"], ["supabase-tasks"], ["supabase-tasks", "--list"]):
        shown = ran(project, words, {}).stdout
        assert shown.startswith(f"New here? {words[0]} init ")
        places = [shown.index(part) for part in ("Set up", "schema-generate  ", "Migrations", "Hosted databases")]
        assert places == sorted(places)
        assert "--write-pyc" not in shown
    assert ran(project, ["supabase-tasks", "--version"], {}).stdout.startswith("supabase-tasks 0.")


def test_a_dry_run_of_an_empty_migration_writes_nothing(project: Project) -> None:
    done = ran(project, shlex.split("inv schema-generate --custom --name x --dry-run"), {})
    assert (done.returncode, project.migrations) == (0, [])
    assert done.stdout == "would write supabase/migrations/0000_x.sql\n"
