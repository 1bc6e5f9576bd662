"""The failures that a beginner meets: how each is provoked, what it says, and what a person does then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from support import clis
from support import project as projects
from support.project import Project

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
    """`said` is in the first lines, `step` in the one next step (`fix` in the edit before it).

    What a person does then: `edit` the project as `fix` says, with the variables `corrected` (those of `environment` where it
    is None), and run the next step. It ends well, or with the next thing that is missing: `then`. `mends`: the first command
    is run once more, and no longer fails so. `unrun`: why the next step cannot be run here.
    """

    number: int
    words: str
    setup: Callable[[Project], object]
    said: str
    step: str = ""
    fix: str = ""
    # `{root}` is the project's folder.
    environment: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[Project], object] | None = None
    corrected: Mapping[str, str] | None = None
    then: str = ""
    mends: bool = False
    unrun: str = ""
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


def started(project: Project) -> None:
    """The local database runs."""
    environment = {**os.environ, "SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path("3"))}
    subprocess.run(
        [str(BIN / "inv"), "supabase-start"], cwd=project.root, env=environment, check=True, capture_output=True
    )


def url(value: str) -> dict[str, str]:
    return {"DATABASE_URL_STAGING": value}


ENUM = "from enum import Enum\n\n\nclass Colour(Enum):\n    {}\n\n\n"
USING = "\n\ndef count(team: 'Team') -> int: ...\n"
CIRCLE = both(
    file("other.py", f"from models import Team\n{USING}"), models(f"from other import count\n{HEAD}{table('Team')}")
)
LATER = file("other.py", f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from models import Team\n{USING}")
RESET, CHECK = "inv supabase-db-reset", "inv migrations-check"
STAGING = {"SUPABASE_PROJECT_REF_STAGING": REF, "SUPABASE_DB_PASSWORD_STAGING": SECRET}
DIFF = "inv schema-diff --from staging"
HOSTED = f"postgresql://postgres:{SECRET}@db.{REF}.supabase.co:5432/postgres"
# What is tried at a hosted database ends here, in a namespace without a network.
OFFLINE = "no network, or no name server answers"
UNSET = "needs SUPABASE_PROJECT_REF_STAGING and"
UNWRITTEN = "no migration covers it yet"
WITH_CLI = f"{BIN}:{os.environ['PATH']}"
SMALL = models(projects.MODELS)
GENERATE = "inv schema-generate"
CASES = [
    Case(
        2,
        "supabase-tasks -C nowhere schema-check",
        nothing,
        "no folder nowhere",
        "supabase-tasks schema-check",
        then=UNWRITTEN,
    ),
    Case(2, "supabase-tasks schema-generate", empty, "there is no project in", "supabase-tasks init", mends=True),
    Case(
        3,
        "supabase-tasks schema-check",
        in_a_subfolder,
        "but there is one in shop",
        "cd shop && supabase-tasks schema-check",
        then=UNWRITTEN,
    ),
    Case(
        5,
        GENERATE,
        file("pyproject.toml", "[tool.supabase-tasks]\n"),
        "no models are configured",
        "tasks init",
        mends=True,
    ),
    Case(
        6,
        GENERATE,
        settings('models = "modells"'.replace("models =", "sql_ =")),
        "unknown setting 'sql_'",
        GENERATE,
        edit=settings(),
    ),
    Case(
        6,
        GENERATE,
        file("pyproject.toml", '[tool.supabase-tasks]\nmodels = "modells"\n'),
        "'modells'",
        GENERATE,
        edit=settings(),
    ),
    Case(7, "inv schema-genrate", nothing, "there is no task 'schema-genrate'", GENERATE),
    Case(8, "inv schema-generate --dryrun", nothing, "schema-generate has no option --dryrun", "--dry-run"),
    Case(9, "inv schema-generate --name", nothing, "--name needs a value", "inv --help schema-generate"),
    Case(10, "inv migrations-new", nothing, "migrations-new needs name", "inv --help migrations-new"),
    Case(11, GENERATE, models("x = (\n"), "models.py:1", GENERATE, edit=SMALL),
    Case(12, GENERATE, models("import pandas_is_not_here\n"), "models.py:1", GENERATE, edit=SMALL),
    Case(13, GENERATE, models("x = undefined_name\n"), "models.py:1", GENERATE, edit=SMALL),
    Case(
        14,
        GENERATE,
        CIRCLE,
        "other.py:1: models cannot be imported: circular import",
        GENERATE,
        "TYPE_CHECKING",
        edit=LATER,
    ),
    Case(
        15,
        GENERATE,
        models(HEAD + table("Team") * 2),
        "the table team is declared twice\n  also declared at",
        GENERATE,
        edit=models(HEAD + table("Team") + table("Squad")),
    ),
    Case(
        16,
        GENERATE,
        models(HEAD + table("P", 'x: int = Field(foreign_key="custmer.id")')),
        "no table 'custmer'",
        GENERATE,
        edit=models(HEAD + table("Customer") + table("P", 'x: int = Field(foreign_key="customer.id")')),
    ),
    Case(
        17,
        GENERATE,
        models(HEAD + table("Customer") + table("P", 'x: int = Field(foreign_key="customer.idd")')),
        "did you mean 'id'?",
        GENERATE,
        edit=models(HEAD + table("Customer") + table("P", 'x: int = Field(foreign_key="customer.id")')),
    ),
    Case(
        18,
        GENERATE,
        models(HEAD + table("P", "x: int", key="")),
        "the table of P has no primary key",
        GENERATE,
        edit=models(HEAD + table("P", "x: int")),
    ),
    Case(
        19,
        GENERATE,
        models(HEAD + table("P", "x: dict")),
        "the field P.x has the type dict",
        GENERATE,
        "sa_type",
        edit=models("import sqlalchemy\n" + HEAD + table("P", "x: dict = Field(sa_type=sqlalchemy.JSON)")),
    ),
    Case(
        20,
        GENERATE,
        models(HEAD + ENUM.format("pass") + table("P", "x: Colour")),
        "has no member",
        GENERATE,
        edit=models(HEAD + ENUM.format("RED = 1") + table("P", "x: Colour")),
    ),
    Case(
        21,
        GENERATE,
        models(HEAD + ENUM.format(f"A{'a' * 63} = 1") + table("P", "x: Colour")),
        "label",
        GENERATE,
        edit=models(HEAD + ENUM.format(f"A{'a' * 62} = 1") + table("P", "x: Colour")),
    ),
    Case(
        22,
        GENERATE,
        both(migration("select 1;", "0000_a.sql"), migration("select 1;", "0000_b.sql")),
        "two migrations have the version 0000",
        "inv migrations-renumber",
        mends=True,
    ),
    Case(23, "inv migrations-check", merged_and_edited, "1 problem in 1 migration", "git checkout", mends=True),
    Case(
        26,
        GENERATE,
        migration("<<<<<<< HEAD\nselect 1;\n"),
        "0000_x.sql:1 does not apply: a conflict marker",
        GENERATE,
        edit=migration("select 1;\n"),
    ),
    Case(
        27,
        CHECK,
        migration("select 1;\n<<<<<<< HEAD\n"),
        "1 problem in 1 migration",
        CHECK,
        "keep one side of the conflict in supabase/migrations/0000_x.sql",
        edit=migration("select 1;\n"),
    ),
    Case(
        28,
        GENERATE,
        models("<<<<<<< HEAD\n"),
        "models.py:1: models cannot be imported: a conflict marker",
        GENERATE,
        edit=SMALL,
    ),
    Case(
        30,
        GENERATE,
        migration("create tabel public.a (id int);"),
        "0000_x.sql:1 does not apply",
        GENERATE,
        edit=migration("create table public.a (id int);"),
    ),
    Case(
        32,
        GENERATE,
        migration("\nalter table public.nope add x int;"),
        '0000_x.sql:2 does not apply: relation "public.nope"',
        GENERATE,
        edit=migration("create table public.nope (id int);\nalter table public.nope add x int;"),
    ),
    Case(
        33,
        "inv migrations-check",
        migration("select 1;", "add_things.sql"),
        "1 problem",
        edit=lambda project: project.migrations[0].rename(project.migrations[0].with_name("0000_add_things.sql")),
    ),
    Case(35, "inv migrations-renumber", nothing, "this is not a git repository", "git init", mends=True),
    Case(
        36,
        RESET,
        without_npm,
        "there is no npm to install it with",
        RESET,
        "install Node.js",
        environment={"PATH": f"{{root}}/bin:{BIN}", "SUPABASE_TASKS_CACHE": "{root}/cache"},
        corrected={"PATH": WITH_CLI},
    ),
    Case(
        37,
        RESET,
        nothing,
        "npm could not install the Supabase CLI 3.1.0\n  request to http://127.0.0.1:9/supabase failed",
        RESET,
        "check the network",
        environment={"npm_config_registry": "http://127.0.0.1:9", "SUPABASE_TASKS_CACHE": "{root}/cache"},
        corrected={},
    ),
    Case(
        38,
        "inv supabase-db-reset",
        program("echo 1.0.0"),
        "1.0.0",
        "inv supabase-db-reset",
        "remove cli_path",
        edit=settings(),
        corrected={},
    ),
    Case(
        39,
        "inv supabase-db-reset",
        program("echo boom; exit 1"),
        "supabase-cli",
        "inv supabase-db-reset",
        "cli_path",
        edit=settings(),
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
        corrected={"SUPABASE_TASKS_LOCAL": "embedded", "SUPABASE_CLI_BINARY_OVERRIDE": "{cli}"},
    ),
    Case(
        41,
        GENERATE,
        file("supabase/config.toml", "[db\n"),
        "config.toml:1 cannot",
        GENERATE,
        edit=file("supabase/config.toml", projects.CONFIG),
    ),
    Case(42, GENERATE, file("pyproject.toml", "[tool\n"), "pyproject.toml:1 cannot", GENERATE, edit=settings()),
    Case(
        43,
        GENERATE,
        settings("modles = 1"),
        "pyproject.toml:4: [tool.supabase-tasks] has an unknown",
        GENERATE,
        "correct modles",
        edit=settings(),
    ),
    Case(
        44,
        GENERATE,
        file("pyproject.toml", "[tool.supabase-tasks]\nmodels = 3\n"),
        "pyproject.toml:2: [tool.supabase-tasks] models must be a string",
        GENERATE,
        edit=settings(),
    ),
    Case(
        45,
        GENERATE,
        settings('naming = "dates"'),
        ".toml:4: [tool.supabase-tasks] naming must be",
        GENERATE,
        edit=settings(),
    ),
    Case(
        46, "inv supabase-db-push-stagging", nothing, "no task 'supabase-db-push-stagging'", "push-staging", then=UNSET
    ),
    Case(
        47,
        "inv schema-diff --from stagin",
        nothing,
        "'stagin' is neither",
        "inv schema-diff --from staging",
        then=UNSET,
    ),
    Case(
        48,
        DIFF,
        nothing,
        "needs SUPABASE_PROJECT_REF_STAGING and",
        DIFF,
        ".env.development",
        edit=file(".env.development", "".join(f"{name}={value}\n" for name, value in STAGING.items())),
        then=OFFLINE,
    ),
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
        corrected=STAGING,
        then=OFFLINE,
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
        corrected={**STAGING, **url(HOSTED)},
        then=OFFLINE,
    ),
    Case(
        51,
        DIFF,
        nothing,
        "DATABASE_URL_STAGING cannot be used",
        DIFF,
        environment=url(f"postgresql://postgres.{REF}:{SECRET}@pooler.supabase.com:6543/postgres"),
        corrected=url(f"postgresql://postgres.{REF}:{SECRET}@pooler.supabase.com:5432/postgres"),
        then=OFFLINE,
    ),
    *(
        Case(
            52,
            DIFF,
            nothing,
            "DATABASE_URL_STAGING cannot be used",
            DIFF,
            environment=url(f"postgresql://postgres:short{character}{SECRET}/more@db.{REF}.supabase.co:5432/postgres"),
            corrected=url(HOSTED),
            then=OFFLINE,
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
        edit=file(".env.development", f'SUPABASE_DB_PASSWORD_STAGING="it\'s {SECRET}"\n'),
        then=OFFLINE,
    ),
    Case(54, DIFF, tracked_secret, "which git tracks", "git rm --cached", mends=True),
    Case(
        55,
        "inv supabase-db-push-staging",
        nothing,
        "the Supabase CLI has no valid access token",
        "npx supabase login",
        environment={**STAGING, "HOME": "{root}", "SUPABASE_CLI_BINARY_OVERRIDE": "{cli}"},
        inside="unshare --map-root-user --net",
        unrun="it signs in at supabase.com, in a browser",
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
        unrun="the edit is a network, and what answers behind it is a hosted database",
    ),
    Case(
        57,
        "inv schema-check",
        a_file_where_a_folder_is_needed,
        "cache is a file, and a folder is needed there",
        'export SUPABASE_TASKS_CACHE="$HOME/.supabase-tasks" && inv schema-check',
        environment={"SUPABASE_TASKS_CACHE": "{root}/cache"},
        corrected={"SUPABASE_TASKS_CACHE": "{root}/cache", "HOME": "{root}"},
        then=UNWRITTEN,
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
    *(
        Case(
            0,
            GENERATE,
            settings(f'ignore = ["{given}"]'),
            f".toml:4: [tool.supabase-tasks] ignore has '{given}'",
            GENERATE,
            fix,
            edit=settings(),
        )
        for given, fix in (
            ("nodot", "write 'schema.nodot', or 'nodot.*' for a schema of a target"),
            ("team", "write 'public.team'"),
            ("tabel:public.team", "write 'table:public.team'"),
        )
    ),
    *(
        Case(0, command, settings(*lines), f"pyproject.toml:{2 + len(lines) + 1}: {said}", command, edit=settings())
        for command, said, *lines in (
            (GENERATE, "[tool.supabase-tasks] supabase names", 'supabase = "supabse"'),
            (GENERATE, "[tool.supabase-tasks] cli must be", 'cli = "latest"'),
            (GENERATE, "[tool.supabase-tasks] metadata names", 'metadata = ["nowhere:Base"]'),
            (GENERATE, "the baseline migration 0000_nope.sql", 'baseline = ["0000_nope.sql"]'),
            (GENERATE, "postgres_path = 'nope' holds no PostgreSQL", 'postgres_path = "nope"'),
            ("inv migrations-lint", "[tool.supabase-tasks.lint] since must", "[tool.supabase-tasks.lint]", "since = 2"),
            ("inv migrations-lint", "[tool.supabase-tasks.lint] x must", "[tool.supabase-tasks.lint]", 'x = "warn"'),
        )
    ),
    Case(
        0,
        "inv supabase-db-pus",
        nothing,
        "did you mean supabase-db-push-local, supabase-db-push-staging or",
        "-local",
        corrected={"SUPABASE_CLI_BINARY_OVERRIDE": "{cli}"},
    ),
    Case(
        0,
        "inv supabase-db-push",
        nothing,
        "did you mean supabase-db-push-local, supabase-db-push-staging or",
        "-local",
        corrected={"SUPABASE_CLI_BINARY_OVERRIDE": "{cli}"},
    ),
    Case(0, "inv supabase-db-reset-stagin", nothing, "did you mean supabase-db-reset-staging?", "inv --help"),
    Case(0, "inv schma", nothing, "did you mean schema-check, schema-diagram, schema-diff,", "inv --list"),
    Case(0, "inv supabase", nothing, "there is no task 'supabase'", "inv --list"),
    Case(0, "inv help schema-check", nothing, "there is no task 'help'", "inv --help schema-check"),
    Case(0, "inv schema generate --dry-run", nothing, "did you mean schema-generate?", "schema-generate --dry-run"),
    Case(0, "inv schema_check", nothing, "did you mean schema-check?", "inv schema-check", then=UNWRITTEN),
    Case(0, "inv schema-generate --dry_run", nothing, "did you mean --dry-run?", "inv schema-generate --dry-run"),
    Case(0, "inv schema-generate --dry-run=yes", nothing, "--dry-run takes no value", "inv schema-generate --dry-run"),
    Case(0, "inv schema-generate -name x", nothing, "has no option -name\n  did you mean --name?", "--name x"),
    Case(0, "inv schema-diff --from", nothing, "--from needs a value", "inv --help schema-diff"),
    Case(
        0,
        "inv --dry-run --name x schema-generate",
        nothing,
        "--dry-run is an option of schema-generate and stands before it",
        "inv schema-generate --dry-run --name x",
    ),
    Case(0, "supabase-tasks --vesion", nothing, "supabase-tasks has no option --vesion", "--version"),
    Case(0, "supabase-tasks -C", nothing, "-C needs a folder", "supabase-tasks --list"),
    Case(
        0,
        "supabase-tasks -C elsewhere schema-check",
        both(empty, file("elsewhere/read.me", "")),
        "there is no project in",
        "supabase-tasks -C elsewhere init",
        mends=True,
    ),
    Case(
        0,
        GENERATE,
        models("from supabase_tasks.schema import Polcy\n"),
        "models.py:1: models cannot be imported: cannot import name 'Polcy' from 'supabase_tasks.schema'\n"
        "  did you mean 'Policy'?",
        GENERATE,
        edit=models(HEAD + "from supabase_tasks.schema import Policy\n\n\n" + table("Team")),
    ),
    Case(
        0,
        GENERATE,
        models(HEAD + "from supabase_tasks.schema import Policy\nPolicy('p', command='selct', using='true')\n"),
        "policy 'p': command must be all, select, insert, update or delete, not 'selct'\nfix: write command='select'",
        GENERATE,
        edit=models(
            HEAD
            + table("Team")
            + "from supabase_tasks.schema import Policy\nPolicy('p', command='select', using='true', on='team')\n"
        ),
    ),
    Case(
        0,
        GENERATE,
        models(HEAD + table("A") + table("B", 'a: str = Field(foreign_key="a.id")')),
        "PostgreSQL refuses constraint of public.b: foreign key constraint",
        GENERATE,
        edit=models(HEAD + table("A") + table("B", 'a: int = Field(foreign_key="a.id")')),
    ),
    *(
        Case(
            0,
            DIFF,
            nothing,
            f"DATABASE_URL_STAGING cannot be used\n  {said}",
            DIFF,
            environment=url(text),
            corrected=url(HOSTED),
            then=OFFLINE,
        )
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
        then="needs NOWHERE",
    ),
    Case(
        0,
        "inv schema-diff --from postgresql://postgres:postgres@127.0.0.1:1/postgres",
        nothing,
        "no database answers: postgresql://",
        'inv schema-diff --from "$DATABASE_URL"',
        "check the URL, and that the server runs; put the URL into DATABASE_URL",
        edit=started,
        corrected={"DATABASE_URL": "{local}"},
    ),
    *(
        Case(
            0,
            f"inv schema-diff --from {side}",
            nothing,
            f"the database's URL cannot be used\n  it must look like postgresql://{place}",
            'inv schema-diff --from "$DATABASE_URL"',
            "correct the URL; put the URL into DATABASE_URL",
            edit=started,
            corrected={"DATABASE_URL": "{local}"},
        )
        for side, place in (
            (f"postgres:{SECRET}@127.0.0.1:54322/postgres", "user:"),
            (f"postgresql:/postgres:{SECRET}@127.0.0.1:54322/postgres", "user:"),
            (f"'host=127.0.0.1 user=postgres password={SECRET}'", "user:"),
        )
    ),
    Case(
        0,
        "inv migrations-check --against mainn",
        merged_and_edited,
        "mainn is no commit in this clone\n  did you mean 'main'?",
        "inv migrations-check --against main",
        then="1 problem in 1 migration",
    ),
    Case(
        0,
        f"inv migrations-check --against {'0' * 40}",
        merged_and_edited,
        "zeros stand for no commit",
        "inv migrations-check",
        then="1 problem in 1 migration",
    ),
    Case(
        0,
        "inv migrations-check --against 0123abc",
        merged_and_edited,
        "0123abc is no commit in this clone\n  branches: main, mine",
        "inv migrations-check",
        then="1 problem in 1 migration",
    ),
    Case(0, "inv schema-diagram --output x.png", nothing, "cannot draw .png files", "x.svg"),
    Case(0, "inv supabase-db-advisors --level wran", nothing, "--level must be one of", "--level warn", edit=started),
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
        edit=started,
        corrected={"DATABASE_URL": "{local}"},
    ),
    Case(0, "inv schema-generate --rename nonsense", nothing, "--rename nonsense cannot be read", GENERATE, "old:new"),
    Case(0, 'inv migrations-check --against ""', nothing, "--against names no branch", CHECK, "give the ref"),
    Case(0, "inv migrations-check --against main", nothing, "there is no git repository", CHECK, "inside of the"),
    Case(0, "inv schema-diagram --check --diff local", nothing, "do not go together", "inv schema-diagram --check"),
    Case(0, "inv schema-generate --summary markdwn", nothing, "no such form", "--summary markdown"),
    Case(0, "inv supabase-status --env --json", nothing, "exclude each other", "inv supabase-status --env"),
    Case(0, "inv supabase-stop --gone", nothing, "--gone is about every project", "inv supabase-stop --all --gone"),
    Case(
        0,
        "inv supabase-migration-repair-staging --version 0001 --status aplied --yes",
        nothing,
        "--status is applied or reverted",
        "--status applied",
        then=UNSET,
    ),
]
