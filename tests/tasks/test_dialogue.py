"""The questions of schema-generate: at a real terminal, and all at once where there is none."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from support import project as projects
from support import warm
from support.project import Project
from support.terminal import CTRL_C, CTRL_D, DOWN, ENTER, UP, Terminal, end_all

from supabase_tasks import postgres

pytestmark = pytest.mark.server

INV = [sys.executable, "-m", "invoke"]
MODELS = """
from sqlmodel import Field, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    motto: int
"""
# A renamed column (or a new one), a value for existing rows, a column that goes.
CHANGED = MODELS.replace("name: str", "title: str").replace("motto: int", "founded: bool")
ASKS = "then Enter"
FILL: LiteralString = "INSERT INTO public.team (name, motto) SELECT 'a', n FROM generate_series(1, 12) n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    there = projects.make(tmp_path_factory.mktemp("dialogue"), MODELS)
    there.write("pyproject.toml", projects.PYPROJECT + 'local = "embedded"\n')
    assert inv(there, "schema-generate").returncode == 0
    assert inv(there, "supabase-db-reset").returncode == 0
    execute(there, FILL)
    yield there
    postgres.stop(there.settings)


def execute(project: Project, sql: LiteralString) -> None:
    """Run it on the local database."""
    local = postgres.local(project.settings)
    with psycopg.connect(local.url(), password=local.password, autocommit=True) as connection:
        connection.execute(sql)


@pytest.fixture(autouse=True)
def fresh(project: Project) -> Iterator[None]:
    for path in project.migrations[1:]:
        path.unlink()
    project.models(CHANGED)
    yield
    end_all()


def inv(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run([*INV, *arguments], cwd=project.root)


def terminal(project: Project, *arguments: str, columns: int = 80, **environment: str) -> Terminal:
    return Terminal([*INV, "schema-generate", *arguments], project.root, columns=columns, environment=environment)


def written(project: Project) -> str:
    return "".join(path.read_text() for path in project.migrations[1:])


@pytest.mark.parametrize("columns", [50, 80, 120])
def test_everything_is_asked_in_one_go_and_the_answers_are_given_as_a_command(project: Project, columns: int) -> None:
    shown = terminal(project, "--name", "two words", columns=columns)
    shown.see("Question 1 of 3", "public.team.title", "renamed from name: its 12 values are kept", ASKS)
    shown.see("new: the data of name is deleted (12 values in the local database)")
    assert all(len(line) <= columns for line in shown.lines)
    shown.type(ENTER)
    shown.see("Question 2 of 3", "public.team.founded (boolean) is NOT NULL", "the local database has 12 rows", ASKS)
    shown.type("v", ENTER)
    shown.see("value of public.team.founded:")
    shown.type("true", ENTER)
    shown.see("Question 3 of 3", "column public.team.motto is dropped", "(12 values in the local database)", ASKS)
    shown.type(DOWN, ENTER)
    assert shown.end() == 0, shown.screen
    assert "RENAME COLUMN name TO title" in written(project)
    assert "DROP COLUMN motto" in written(project)
    command = (
        "inv schema-generate --name 'two words' --rename public.team.name:public.team.title"
        " --default public.team.founded=true --allow data-loss"
    )
    assert command.replace(" ", "") in shown.screen.replace("\n", "").replace(" ", "")
    by_person = written(project)
    fresh_project(project)
    assert inv(project, *shlex.split(command)[1:]).returncode == 0
    assert written(project) == by_person


def fresh_project(project: Project) -> None:
    for path in project.migrations[1:]:
        path.unlink()


def test_an_unclear_key_gets_a_word_and_arrows_and_letters_move(project: Project) -> None:
    shown = terminal(project)
    shown.see("Question 1 of 3", ASKS)
    shown.type("x")
    shown.see("'x' is not one of the answers: a, n, q")
    shown.type(DOWN, DOWN, UP)
    shown.see("❯ n) new")
    shown.type("q", ENTER)
    assert shown.end() == 1
    assert "stopped: nothing was written" in shown.screen
    assert written(project) == ""


def test_without_rows_it_says_so_in_a_sentence(project: Project) -> None:
    execute(project, "DELETE FROM public.team")
    try:
        shown = terminal(project)
        shown.see("renamed from name: nothing is lost (no values in the local database)", ASKS)
        shown.see("new: the data of name is deleted (no values in the local database)")
        shown.type("q", ENTER)
        assert shown.end() == 1
    finally:
        execute(project, FILL)


def test_new_takes_what_its_answer_needs(project: Project) -> None:
    shown = terminal(project)
    shown.see("Question 1 of 3", ASKS)
    shown.type("n", ENTER)
    shown.see("public.team.founded (boolean)", ASKS)
    shown.type("e", ENTER)
    shown.see("SQL expression for public.team.founded:")
    shown.type("random() > 0.5", ENTER)
    shown.see("public.team.title (text)", ASKS) if "public.team.title (text)" in shown.joined else shown.see(
        "public.team.title (character varying)", ASKS
    )
    shown.type("v", ENTER)
    shown.see("value of public.team.title:")
    shown.type("it's new", ENTER)
    shown.see("this migration deletes data", "public.team.name is dropped", "public.team.motto is dropped", ASKS)
    shown.type("y", ENTER)
    assert shown.end() == 0, shown.screen
    assert "'it''s new'" in written(project) and "random() > 0.5" in written(project)


def test_a_value_that_postgresql_refuses_is_asked_for_again(project: Project) -> None:
    shown = terminal(project)
    shown.see("Question 1 of 3", ASKS)
    shown.type(ENTER)
    shown.see("Question 2 of 3", ASKS)
    shown.type("v", ENTER)
    shown.see("value of")
    shown.type("perhaps", ENTER)
    shown.see("invalid input syntax for type boolean", "Question 2 of 3", ASKS)
    shown.type("v", ENTER)
    shown.see("value of public.team.founded:")
    shown.type("false", ENTER)
    shown.see("Question 3 of 3", ASKS)
    shown.type("y", ENTER)
    assert shown.end() == 0, shown.screen
    assert "RENAME COLUMN name TO title" in written(project)
    # A command that would be refused is not offered.
    assert shown.joined.count("the same without questions:") == 1
    assert "--default public.team.founded=perhaps" not in shown.joined


def test_a_refused_last_answer_is_in_no_command(project: Project) -> None:
    shown = terminal(project, "--rename", "public.team.name:public.team.title", "--allow", "data-loss")
    shown.see("Question 1 of 1", ASKS)
    shown.type("v", ENTER)
    shown.see("value of")
    shown.type("perhaps", ENTER)
    shown.see("invalid input syntax for type boolean", "Question 1 of 1", ASKS)
    shown.type("v", ENTER)
    shown.see("value of public.team.founded:")
    shown.type("false", ENTER)
    assert shown.end() == 0, shown.screen
    assert shown.joined.count("the same without questions:") == 1
    assert "founded=perhaps" not in shown.joined


def test_optional_stops_and_says_what_to_change(project: Project) -> None:
    shown = terminal(project)
    shown.see("Question 1 of 3", ASKS)
    shown.type(ENTER)
    shown.see("Question 2 of 3", ASKS)
    shown.type("o", ENTER)
    assert shown.end() == 1
    shown.see("fix: make public.team.founded optional in the models", "answered so far:")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_way_out_loses_no_answer(project: Project, key: str) -> None:
    shown = terminal(project)
    shown.see("Question 1 of 3", ASKS)
    shown.type(ENTER)
    shown.see("Question 2 of 3", ASKS)
    shown.type(key)
    assert shown.end() == 130
    shown.see("answered so far: inv schema-generate --rename public.team.name:public.team.title")
    assert written(project) == ""


def test_what_is_given_is_not_asked(project: Project) -> None:
    shown = terminal(project, "--rename", "public.team.name:public.team.title", "--allow", "data-loss")
    shown.see("Question 1 of 1", "public.team.founded", ASKS)
    shown.type("q", ENTER)
    assert shown.end() == 1


def test_a_terminal_that_cannot_draw_gets_lines(project: Project) -> None:
    shown = terminal(project, "--default", "public.team.founded=true", "--allow", "data-loss", TERM="dumb")
    shown.see("Question 1 of 1", "a) renamed from name", "a, n, q [a]:")
    shown.type("maybe", ENTER)
    shown.see("'maybe' is not one of the answers")
    shown.type("a", ENTER)
    assert shown.end() == 0, shown.screen


def test_an_enum_that_is_reordered_is_asked_about(project: Project) -> None:
    values = MODELS + "\n\nfrom enum import Enum\n\n\nclass Level(Enum):\n    LOW = 'LOW'\n    HIGH = 'HIGH'\n"
    table = "\n\nclass Game(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n    level: Level\n"
    project.models(values + table)
    assert inv(project, "schema-generate").returncode == 0
    project.models((values + table).replace("    LOW = 'LOW'\n    HIGH = 'HIGH'", "    HIGH = 'HIGH'\n    LOW = 'LOW'"))
    shown = terminal(project)
    shown.see("Question 1 of 1: this migration reorders the values of an enum", "LOW, HIGH becomes HIGH, LOW", ASKS)
    shown.type("y", ENTER)
    assert shown.end() == 0, shown.screen
    assert "--allow enum-order" in shown.joined


def test_removed_values_of_an_enum_are_asked_about_with_the_rows_that_hold_them(project: Project) -> None:
    values = MODELS + "\n\nfrom enum import Enum\n\n\nclass Level(Enum):\n    LOW = 'LOW'\n    HIGH = 'HIGH'\n"
    table = "\n\nclass Game(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n    level: Level\n"
    project.models(values + table)
    for task in ("schema-generate", "supabase-db-reset"):
        assert inv(project, task).returncode == 0
    execute(project, "insert into public.game (id, level) values (1, 'LOW'), (2, 'LOW'), (3, 'HIGH')")
    project.models((values + table).replace("    LOW = 'LOW'\n", ""))
    before = written(project)
    shown = terminal(project)
    shown.see("Question 1 of 1: this migration removes values of an enum", ASKS)
    shown.see(
        "public.level loses 'LOW': the migration fails while a row of public.game holds it in level (2 rows in the"
    )
    shown.type(ENTER)
    assert shown.end() == 1
    assert written(project) == before
    shown = terminal(project)
    shown.see(ASKS)
    shown.type("y", ENTER)
    assert shown.end() == 0, shown.screen
    assert "--allow enum-values" in shown.joined


ODD = """
from enum import Enum

from sqlalchemy import Column, Integer, String
from sqlmodel import Field, SQLModel

from supabase_tasks.schema import enum_type


class Level(Enum):
    {first}
    {second}


class Odd(SQLModel, table=True):
    __tablename__ = 'Größe "x".y $HOME'

    id: int | None = Field(default=None, primary_key=True)
    level: Level = Field(sa_column=Column("it's a.level", enum_type(Level), nullable=False))
    name: str = Field(sa_column=Column({name!r}, String, nullable=False))
    other: {kind} = Field(sa_column=Column({other!r}, {type}, nullable=False))
"""
LOW, HIGH = "LOW = 'a \"low\".one'", "HIGH = 'ü; high'"


def test_all_kinds_of_questions_at_once_and_names_with_everything_in_them(project: Project) -> None:
    """Blanks, both quotes, dots, dollars and what is not ASCII, in tables, columns and values of an enum: the printed command
    answers the same when it is pasted into a shell."""
    before = ODD.format(first=LOW, second=HIGH, name='na"me.ä', kind="int", type="Integer", other="the `old` one's")
    project.models(MODELS + before)
    assert inv(project, "schema-generate", "--name", "odd").returncode == 0
    kept = project.migrations
    after = ODD.format(first=HIGH, second=LOW, name='new na"me.ä $1', kind="str", type="String", other="note; it's é")
    project.models(MODELS + after)
    shown = terminal(project, "--name", "it's all", columns=600)
    asked = set()
    for number in range(1, 9):
        shown.see(f"Question {number} of", ASKS)
        asked.add(answered(shown, shown.joined.rpartition(f"Question {number} of")[2]))
        shown.see_one_of(f"Question {number + 1} of", "next: ")
        if "next: " in shown.joined:
            break
    assert (shown.end(), asked) == (0, {"renamed", "new", "value", "permission"}), shown.screen
    by_person = project.migrations[-1].read_text()
    assert 'RENAME COLUMN "na""me.ä" TO "new na""me.ä $1"' in by_person and "'it''s; \"x\" $HOME'" in by_person
    command = shown.line_after("the same without questions:")
    for path in set(project.migrations) - set(kept):
        path.unlink()
    pasted = subprocess.run(
        ["sh", "-c", command],
        cwd=project.root,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": "/nowhere"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert pasted.returncode == 0, command + pasted.stderr
    assert project.migrations[-1].read_text() == by_person


def answered(shown: Terminal, question: str) -> str:
    if "this migration" in question:
        shown.type("y", ENTER)
        return "permission"
    if "is NOT NULL" in question:
        shown.type("v", ENTER)
        shown.see("value of")
        shown.type('it\'s; "x" $HOME', ENTER)
        return "value"
    # The new name stands first.
    new = "note; it's" in question.partition("Is it a renamed")[0]
    shown.type(*("n" if new else "a"), ENTER)
    return "new" if new else "renamed"


def test_unattended_all_questions_come_at_once_and_the_next_step_answers_them(project: Project) -> None:
    first = inv(project, "schema-generate", "--name", "it's")
    assert first.returncode == 1
    assert "error: 3 questions about this change have no answer" in first.stderr.split("\n")
    *_, step = first.stderr.strip().split("\n")
    assert step.startswith('next: inv schema-generate --name "it\'s" --rename ')
    assert inv(project, *shlex.split(step.removeprefix("next: "))[1:]).returncode == 0
    assert "RENAME COLUMN name TO title" in written(project)


def test_unattended_each_answer_is_a_pasteable_option(project: Project) -> None:
    done = inv(project, "schema-generate", "--json")
    error = json.loads(done.stdout)["error"]
    renamed, value, permission = error["data"]["unanswered"]
    assert [shlex.split(one) for one in renamed["answers"]] == [
        ["--rename", "public.team.name:public.team.title"],
        ["--rename", ":public.team.title", "--default", "public.team.title=''", "--allow", "data-loss"],
    ]
    assert (value["answers"], permission["answers"]) == (
        ["--default public.team.founded=false"],
        ["--allow data-loss"],
    )
    assert error["code"] == "unanswered"


@pytest.mark.parametrize(
    ("option", "said", "step"),
    [
        (
            "public.team.founder=true",
            "did you mean public.team.founded?",
            "--default public.team.founded=true --name x",
        ),
        ("public.team.nope=1", "the models have no such column", "next: inv schema-generate --name x"),
        ("public.team.id=1", "needs no value for that column", "next: inv schema-generate --name x"),
    ],
)
def test_a_default_for_another_column_is_an_error(project: Project, option: str, said: str, step: str) -> None:
    project.models(MODELS + "    founded: bool\n")
    done = inv(project, "schema-generate", "--default", option, "--name", "x")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert done.stderr.strip().endswith(step), done.stderr


def test_unquoted_text_as_a_default_is_named_and_quoted(project: Project) -> None:
    project.models(MODELS + "    note: str\n")
    done = inv(project, "schema-generate", "--default", "public.team.note=foo")
    assert "--default public.team.note=foo is not an expression" in done.stderr
    step = done.stderr.strip().rpartition("next: ")[2]
    assert shlex.split(step) == ["inv", "schema-generate", "--default", "public.team.note='foo'"]
    assert inv(project, *shlex.split(step)[1:]).returncode == 0


def test_a_permission_that_does_not_exist_is_an_error(project: Project) -> None:
    done = inv(project, "schema-generate", "--allow", "dataloss")
    assert "did you mean data-loss?" in done.stderr
    assert done.stderr.strip().endswith("next: inv schema-generate --allow data-loss")
