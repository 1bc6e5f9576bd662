"""The failures that a beginner meets, provoked: the cause in the user's words, and one next step that a shell can run.

The numbers are those of the list of 62 that was walked through by hand; a test counts them. `ELSEWHERE` names the tests of
those that need a local database with a history, or whose words are another program's (Invoke before it loads anything of ours,
pip): for these the README has the words and the command.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import pytest
from support import clis, warm
from support import project as projects
from support.project import Project

from supabase_tasks import command_line, postgres

pytestmark = pytest.mark.server

BIN = Path(sys.executable).parent
SECRET = "Long-Secret-Part-9"
PROGRAMS = ("inv", "supabase-tasks")
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
    # `{root}` is the project's folder.
    environment: Mapping[str, str] = field(default_factory=dict)
    runs: bool = False
    # What the shell does before: `unshare` for a network or a file system of its own.
    inside: str = ""

    @property
    def name(self) -> str:
        return f"{self.number:02}-{self.said[:40]}"


def a_file_where_a_folder_is_needed(project: Project) -> None:
    project.write("cache", "")


def without_npm(project: Project) -> None:
    (project.root / "bin").mkdir()
    for name in ("git", "sh", "env"):
        (project.root / "bin" / name).symlink_to(str(shutil.which(name)))


def dead_docker(project: Project) -> None:
    said = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
    path = project.write("bin/docker", f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    path.chmod(0o755)


def nothing(_: Project) -> None: ...


def url(value: str) -> dict[str, str]:
    return {"DATABASE_URL_STAGING": value}


ENUM = "from enum import Enum\n\n\nclass Colour(Enum):\n    {}\n\n\n"
CIRCLE = both(file("other.py", "from models import Team\n"), models("from other import Team\n\n\nclass Team: ...\n"))
RESET, CHECK = "inv supabase-db-reset", "inv migrations-check"
STAGING = {"SUPABASE_PROJECT_REF_STAGING": REF, "SUPABASE_DB_PASSWORD_STAGING": SECRET}
DIFF = "inv schema-diff --from staging"
GENERATE = "inv schema-generate"
CASES = [
    Case(
        2,
        "supabase-tasks -C nowhere schema-check",
        nothing,
        "no folder nowhere",
        "supabase-tasks schema-check",
        runs=True,
    ),
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
    Case(14, GENERATE, CIRCLE, "other.py:1: models cannot be imported: circular import", GENERATE, "TYPE_CHECKING"),
    Case(
        15, GENERATE, models(HEAD + table("Team") * 2), "the table team is declared twice\n  also declared at", GENERATE
    ),
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
    Case(18, GENERATE, models(HEAD + table("P", "x: int", key="")), "the table of P has no primary key", GENERATE),
    Case(19, GENERATE, models(HEAD + table("P", "x: dict")), "the field P.x has the type dict", GENERATE, "sa_type"),
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
    Case(
        26, GENERATE, migration("<<<<<<< HEAD\nselect 1;\n"), "0000_x.sql:1 does not apply: a conflict marker", GENERATE
    ),
    Case(
        27,
        CHECK,
        migration("select 1;\n<<<<<<< HEAD\n"),
        "1 problem in 1 migration",
        CHECK,
        "keep one side of the conflict in supabase/migrations/0000_x.sql",
    ),
    Case(28, GENERATE, models("<<<<<<< HEAD\n"), "models.py:1: models cannot be imported: a conflict marker", GENERATE),
    Case(30, GENERATE, migration("create tabel public.a (id int);"), "0000_x.sql:1 does not apply", GENERATE),
    Case(
        32,
        GENERATE,
        migration("\nalter table public.nope add x int;"),
        '0000_x.sql:2 does not apply: relation "public.nope"',
        GENERATE,
    ),
    Case(33, "inv migrations-check", migration("select 1;", "add_things.sql"), "1 problem"),
    Case(35, "inv migrations-renumber", nothing, "this is not a git repository", "git init", runs=True),
    Case(
        36,
        RESET,
        without_npm,
        "there is no npm to install it with",
        RESET,
        "install Node.js",
        environment={"PATH": f"{{root}}/bin:{BIN}", "SUPABASE_TASKS_CACHE": "{root}/cache"},
    ),
    Case(
        37,
        RESET,
        nothing,
        "npm could not install the Supabase CLI 3.1.0\n  request to http://127.0.0.1:9/supabase failed",
        RESET,
        "check the network",
        environment={"npm_config_registry": "http://127.0.0.1:9", "SUPABASE_TASKS_CACHE": "{root}/cache"},
    ),
    Case(38, "inv supabase-db-reset", program("echo 1.0.0"), "1.0.0", "inv supabase-db-reset", "remove cli_path"),
    Case(
        39, "inv supabase-db-reset", program("echo boom; exit 1"), "supabase-cli", "inv supabase-db-reset", "cli_path"
    ),
    Case(
        40,
        RESET,
        dead_docker,
        "no Docker engine answers",
        RESET,
        "start Docker",
        environment={
            "PATH": f"{{root}}/bin:{BIN}:{os.environ['PATH']}",
            "SUPABASE_TASKS_LOCAL": "docker",
            "SUPABASE_CLI_BINARY_OVERRIDE": "{cli}",
        },
    ),
    Case(41, GENERATE, file("supabase/config.toml", "[db\n"), "config.toml:1 cannot", GENERATE),
    Case(42, GENERATE, file("pyproject.toml", "[tool\n"), "pyproject.toml:1 cannot", GENERATE),
    Case(
        43,
        GENERATE,
        settings("modles = 1"),
        "pyproject.toml:4: [tool.supabase-tasks] has an unknown",
        GENERATE,
        "correct modles",
    ),
    Case(
        44,
        GENERATE,
        file("pyproject.toml", "[tool.supabase-tasks]\nmodels = 3\n"),
        "pyproject.toml:2: [tool.supabase-tasks] models must be a string",
        GENERATE,
    ),
    Case(45, GENERATE, settings('naming = "dates"'), ".toml:4: [tool.supabase-tasks] naming must be", GENERATE),
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
    Case(
        55,
        "inv supabase-db-push-staging",
        nothing,
        "the Supabase CLI has no valid access token",
        "npx supabase login",
        environment={**STAGING, "HOME": "{root}", "SUPABASE_CLI_BINARY_OVERRIDE": "{cli}"},
        inside="unshare --map-root-user --net",
    ),
    Case(
        56,
        "inv supabase-db-drift-staging",
        nothing,
        "this machine has no network, or no name server answers",
        "inv supabase-db-drift-staging",
        "check the network connection",
        environment=STAGING,
        inside="unshare --map-root-user --net",
    ),
    Case(
        57,
        "inv schema-check",
        a_file_where_a_folder_is_needed,
        "/cache is a file, and a folder is needed there",
        'export SUPABASE_TASKS_CACHE="$HOME/.supabase-tasks" && inv schema-check',
        environment={"SUPABASE_TASKS_CACHE": "{root}/cache"},
    ),
    Case(
        58,
        "inv migrations-new --name x",
        nothing,
        "cannot write",
        "inv migrations-new --name x",
        "make it writable",
        inside="unshare --map-root-user --mount sh -c 'mount --bind supabase/migrations supabase/migrations"
        ' && mount -o remount,bind,ro supabase/migrations && exec "$@"\' sh',
    ),
    Case(59, "inv schema-generate --rename a:b:c:d", nothing, "--rename a:b:c:d", GENERATE),
    Case(59, "inv schema-generate --custom", nothing, "a custom migration needs a name", "--custom --name"),
    Case(60, "inv schema-generate --allow dataloss", nothing, "--allow dataloss", "--allow data-loss"),
    Case(61, "inv schema-generate --default nonsense", nothing, "--default nonsense", GENERATE),
    # More of their kind, which the list does not have.
    Case(
        0, "inv supabase-db-pus", nothing, "did you mean supabase-db-push-local, supabase-db-push-staging or", "-local"
    ),
    Case(
        0, "inv supabase-db-push", nothing, "did you mean supabase-db-push-local, supabase-db-push-staging or", "-local"
    ),
    Case(
        0, "inv supabase-db-reset-stagin", nothing, "did you mean supabase-db-reset-staging?", "inv --help", runs=True
    ),
    Case(0, "inv schma", nothing, "did you mean schema-check, schema-diagram, schema-diff,", "inv --list", runs=True),
    Case(0, "inv supabase", nothing, "there is no task 'supabase'", "inv --list", runs=True),
    Case(0, "inv help schema-check", nothing, "there is no task 'help'", "inv --help schema-check", runs=True),
    Case(0, "inv schema generate --dry-run", nothing, "did you mean schema-generate?", "schema-generate --dry-run"),
    Case(0, "inv schema_check", nothing, "did you mean schema-check?", "inv schema-check", runs=True),
    Case(0, "inv schema-generate --dry_run", nothing, "did you mean --dry-run?", "inv schema-generate --dry-run"),
    Case(0, "inv schema-generate --dry-run=yes", nothing, "--dry-run takes no value", "inv schema-generate --dry-run"),
    Case(0, "inv schema-generate -name x", nothing, "has no option -name\n  did you mean --name?", "--name x"),
    Case(0, "inv schema-diff --from", nothing, "--from needs a value", "inv --help schema-diff", runs=True),
    Case(
        0,
        "inv --dry-run --name x schema-generate",
        nothing,
        "--dry-run is an option of schema-generate and stands before it",
        "inv schema-generate --dry-run --name x",
    ),
    Case(0, "supabase-tasks --vesion", nothing, "supabase-tasks has no option --vesion", "--version", runs=True),
    Case(0, "supabase-tasks -C", nothing, "-C needs a folder", "supabase-tasks --list", runs=True),
    Case(0, "supabase-tasks -C / schema-check", nothing, "there is no project in /", "supabase-tasks -C / init"),
    Case(
        0,
        GENERATE,
        models("from supabase_tasks.schema import Polcy\n"),
        "models.py:1: models cannot be imported: cannot import name 'Polcy' from 'supabase_tasks.schema'\n"
        "  did you mean 'Policy'?",
        GENERATE,
    ),
    Case(
        0,
        GENERATE,
        models(HEAD + "from supabase_tasks.schema import Policy\nPolicy('p', command='selct', using='true')\n"),
        "policy 'p': command must be all, select, insert, update or delete, not 'selct'\nfix: did you mean 'select'?",
        GENERATE,
    ),
    Case(
        0,
        GENERATE,
        models(HEAD + table("A") + table("B", 'a: str = Field(foreign_key="a.id")')),
        "PostgreSQL refuses constraint of public.b: foreign key constraint",
        GENERATE,
    ),
    *(
        Case(0, DIFF, nothing, f"DATABASE_URL_STAGING cannot be used\n  {said}", DIFF, environment=url(text))
        for text, said in (
            (f"postgresql+psycopg://postgres:{SECRET}@db.{REF}.supabase.co/postgres", "the driver (+psycopg) is"),
            (f"https://{REF}.supabase.co", "this is the address of the API"),
            (f"'postgresql://postgres:{SECRET}@db.{REF}.supabase.co/postgres'", "it stands in quotes"),
            (f"postgresql://postgres:{SECRET} @db.{REF}.supabase.co/postgres", "a blank in its password"),
            (f"postgresql://postgres:{SECRET}\\@db.{REF}.supabase.co/postgres", "a '\\' in its password"),
        )
    ),
    Case(
        0,
        "inv schema-import --into 1x --url-variable NOWHERE",
        nothing,
        "'1x' is not a valid package name",
        "inv schema-import --into app.db.schema --url-variable NOWHERE",
    ),
    Case(
        0,
        "inv schema-diff --from postgresql://u@127.0.0.1:1/db",
        nothing,
        "no database answers: postgresql://u@127.0.0.1:1/db",
        "inv schema-diff --from postgresql://u@127.0.0.1:1/db",
        "check the URL, and that the server runs",
    ),
    Case(0, "inv schema-diagram --output x.png", nothing, "cannot draw .png files", "x.svg"),
    Case(0, "inv supabase-db-advisors --level wran", nothing, "--level must be one of", "--level warn"),
    Case(0, "inv migrations-lint --format githb", nothing, "there is no format 'githb'", "--format github"),
    Case(
        0,
        "inv schema-generate --allow data-loss,lost-tabels",
        nothing,
        "did you mean data-loss and lost-tables?",
        "--allow data-loss --allow lost-tables",
    ),
    Case(
        0,
        f"inv schema-diff --from postgresql://u:short@{SECRET}/more@127.0.0.1:1/db",
        nothing,
        "the database's URL cannot be used",
        'inv schema-diff --from "$DATABASE_URL"',
        "export DATABASE_URL=",
    ),
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
    command = [str(BIN / words[0]), *words[1:]] if words[0] in PROGRAMS else words
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_STAGING", "_PROD"))}
    given = {**kept, "SUPABASE_ACCESS_TOKEN": "", **environment}
    if words[0] in PROGRAMS:
        return warm.run(command, cwd=project.root, env=given)
    return subprocess.run(
        command, cwd=project.root, env=given, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def command_of(case: Case) -> list[str]:
    words = shlex.split(case.words)
    if not case.inside:
        return words
    inside = shlex.split(case.inside)
    if subprocess.run([*inside, "true"], cwd="/", capture_output=True, check=False).returncode and "--net" in inside:
        pytest.skip("no network namespace can be made here")
    return [*inside, str(BIN / words[0]), *words[1:]]


def environment_of(case: Case, project: Project) -> dict[str, str]:
    cli = str(clis.path("3")) if "{cli}" in case.environment.values() else ""
    return {name: value.format(root=project.root, cli=cli) for name, value in case.environment.items()}


def steps(text: str) -> list[str]:
    found = [line.partition(": ")[2] for line in text.split("\n") if line.startswith(("next: ", "or: "))]
    assert text.count("\nnext: ") == 1, text
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_failure_says_its_cause_and_one_next_step(project: Project, case: Case) -> None:
    case.setup(project)
    done = ran(project, command_of(case), environment_of(case, project))
    shown = done.stdout + done.stderr
    assert done.returncode == 1, shown
    assert "Traceback" not in shown and SECRET.lower() not in shown.lower() and "short" not in shown
    error = done.stderr[done.stderr.index("error: ") :]
    assert case.said.lower() in error.lower(), shown
    # Nothing is told twice.
    first, *more = error.split("\n")
    assert not [line for line in more if line.strip() and first.endswith(f": {line.strip()}")], shown
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


README = (Path(__file__).parents[2] / "README.md").read_text()
# In the folder of the tests.
ELSEWHERE = {
    1: "tasks/test_failures.py::test_words_of_other_programs_are_in_the_readme",
    4: "tasks/test_failures.py::test_init_where_nothing_is_says_what_comes_next",
    24: "tasks/test_local.py::test_an_edited_migration_is_no_success_of_a_push",
    25: "tasks/test_local.py::test_an_edited_migration_is_no_success_of_a_push",
    29: "tasks/test_failures.py::test_an_empty_migration_is_noted",
    31: "tasks/test_local.py::test_a_failing_migration_is_told_once_with_file_and_line",
    34: "tasks/test_failures.py::test_without_git_the_check_says_so",
    62: "tasks/test_failures.py::test_words_of_other_programs_are_in_the_readme",
}


def test_all_of_the_62_are_provoked() -> None:
    here = {case.number for case in CASES if case.number}
    assert sorted(here | set(ELSEWHERE)) == list(range(1, 63))
    for test in ELSEWHERE.values():
        file, _, name = test.partition("::")
        tree = ast.parse((Path(__file__).parents[1] / file).read_text())
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def test_words_of_other_programs_are_in_the_readme(project: Project) -> None:
    """`inv` reads nothing of ours before it has found a tasks.py; pip reads nothing but what the package requires."""
    empty(project)
    done = ran(project, ["inv", "schema-generate"], {})
    said = (done.stdout + done.stderr).strip()
    assert (done.returncode, f"`{said}`" in README) == (1, True)
    assert "| `supabase-tasks init` |" in README[README.index(said) :].split("\n")[0]
    wanted = metadata.metadata("supabase-tasks")["Requires-Python"]
    assert f"requires a different Python: … not in '{wanted}'" in README


def test_init_where_nothing_is_says_what_comes_next(project: Project) -> None:
    empty(project)
    done = ran(project, ["supabase-tasks", "init", "--yes"], {})
    assert done.returncode == 0
    shown = done.stdout + done.stderr
    # At the end, where it is read.
    end = shown.split("wrote 4 files")[1]
    assert "No table was found" in end and "Write a module with SQLModel classes" in end and "inv schema-import" in end


def test_an_empty_migration_is_noted(project: Project) -> None:
    migration(" \n")(project)
    done = ran(project, ["inv", "migrations-check"], {})
    assert done.returncode == 0
    assert done.stderr == "note: 0000_x.sql is empty: it changes nothing, and its version is taken\n"


def test_without_git_the_check_says_so(project: Project) -> None:
    done = ran(project, ["inv", "migrations-check"], {})
    assert (done.returncode, done.stdout) == (
        0,
        "0 migrations: in order (not a git repository: compared with nothing)\n",
    )
    assert "this is not a git repository" in ran(project, ["inv", "migrations-lint", "--changed"], {}).stderr


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


COUNTED = re.compile(r"\{len\([^{}]*\)\} (?!of )[a-z]+s\b")


def test_no_number_meets_a_fixed_plural() -> None:
    """`1 files`: a count and its noun are `wording.count`, unless the number cannot be one."""
    known = {"diff/errors.py", "flow/adopt/init.py", "flow/importing/target.py"}
    package = Path(command_line.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if COUNTED.search(path.read_text(encoding="utf-8"))
    }
    assert found <= known


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
