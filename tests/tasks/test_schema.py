"""schema-generate, schema-check and schema-diff as a person or a program runs them: whole processes."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from support import project as projects
from support import warm
from support.project import Project
from support.waiting import until

from supabase_tasks import postgres
from supabase_tasks.errors import SettingsError
from supabase_tasks.tasks.schema import parse_defaults

pytestmark = pytest.mark.server

INV = [sys.executable, "-m", "invoke"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    there = projects.make(tmp_path_factory.mktemp("tasks"))
    yield there
    postgres.stop(there.settings)


@pytest.fixture(autouse=True)
def fresh(project: Project) -> None:
    for path in project.migrations:
        path.unlink()
    project.models(projects.MODELS)


def inv(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run([*INV, *arguments], cwd=project.root)


def test_json_is_one_document_on_standard_output(project: Project) -> None:
    done = inv(project, "schema-generate", "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["ok"], document["changed"]) == (0, True, True)
    assert [Path(path).name for path in document["written"]] == [path.name for path in project.migrations]


def test_a_dry_run_prints_sql_and_nothing_else_on_standard_output(project: Project) -> None:
    done = inv(project, "schema-generate", "--dry-run")
    assert done.returncode == 0
    assert all(
        not line or line.startswith(("--", "CREATE", "ALTER", " ", ")", "SET")) for line in done.stdout.split("\n")
    )
    assert "CREATE TABLE public.team" in done.stdout
    assert project.migrations == []


def test_check_fails_until_the_migration_is_there(project: Project) -> None:
    before = inv(project, "schema-check")
    assert before.returncode == 1
    # A slow machine is told first what the command is doing.
    assert "error: the models have changed and no migration covers it yet" in before.stderr.split("\n")
    assert "next: inv schema-generate" in before.stderr
    assert inv(project, "schema-generate").returncode == 0
    assert inv(project, "schema-check").returncode == 0


def test_diff_is_empty_when_equal_and_sql_when_not(project: Project) -> None:
    differing = inv(project, "schema-diff", "--from", "migrations", "--to", "models", "--exit-code")
    assert differing.returncode == 1
    assert "CREATE TABLE public.player" in differing.stdout
    equal = inv(project, "schema-diff", "--from", "models", "--to", "models", "--exit-code")
    assert (equal.returncode, equal.stdout) == (0, "")


def test_open_questions_end_an_unattended_run_with_the_answers(project: Project) -> None:
    inv(project, "schema-generate")
    project.edit("nick: str", "handle: str")
    done = inv(project, "schema-generate", "--json")
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "unanswered"
    assert "--rename public.player.nick:public.player.handle" in str(error["data"])
    assert len(project.migrations) == 1


def test_a_wrong_option_value_is_one_line_and_a_next_step(project: Project) -> None:
    done = inv(project, "schema-generate", "--default", "nonsense")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "error: --default nonsense is not schema.table.column=expression"
    assert "Traceback" not in done.stderr


def test_a_column_has_one_value_for_the_rows() -> None:
    assert parse_defaults(["public.t.a=1", "public.t.b=2", "public.t.a = 1"]) == {"public.t.a": "1", "public.t.b": "2"}
    with pytest.raises(SettingsError, match=r"--default gives public\.t\.a two values") as caught:
        parse_defaults(["public.t.a=1", "public.t.a='it'"])
    advice = caught.value.advice
    assert advice.command == "inv schema-generate --default public.t.a=1"
    assert advice.others == ("inv schema-generate --default \"public.t.a='it'\"",)


SLEEPING = """
import pathlib, time

pathlib.Path("importing").touch()
time.sleep(60)
"""


def test_ctrl_c_while_databases_are_compared_leaves_nothing(project: Project) -> None:
    with begun(project) as running, postgres.shadow(project.settings).admin() as connection:
        freeze(running, when=lambda: left(connection, running.pid))
        interrupted(project, running)


def test_ctrl_c_while_models_are_imported_leaves_nothing(project: Project) -> None:
    project.models(SLEEPING + projects.MODELS)
    marker = project.root / "importing"
    with begun(project) as running:
        freeze(running, when=marker.exists)
        marker.unlink()
        interrupted(project, running)


@pytest.mark.parametrize("attempt", range(5))
def test_ctrl_c_while_the_migration_is_written_leaves_all_of_it_or_nothing(project: Project, attempt: int) -> None:
    folder = project.root / "supabase" / "migrations"
    with begun(project) as running:
        # Also a file that is hidden and not complete.
        freeze(running, when=lambda: list(folder.iterdir()))
        code, out, err = go_on_with_ctrl_c(running)
    assert list(folder.iterdir()) == project.migrations
    assert (code == 130) == (project.migrations == [])
    assert code in (0, 130)
    assert "Traceback" not in err
    assert [line for line in out.splitlines() if line.startswith("wrote ")] == [
        f"wrote {path.relative_to(project.root)}" for path in project.migrations
    ]
    assert all(path.read_text().count("ENABLE ROW LEVEL SECURITY") == 2 for path in project.migrations)
    gone(project, running.pid)


@contextmanager
def begun(project: Project) -> Iterator[subprocess.Popen[str]]:
    """schema-generate as it runs; it never outlives the test."""
    running = subprocess.Popen(
        [*INV, "schema-generate"],
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def freeze(running: subprocess.Popen[str], *, when: Callable[[], object]) -> None:
    """Stop the process as soon as `when` says so; it has stopped, or ended, when this returns."""
    deadline = time.monotonic() + 60
    while not when():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
    running.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, running.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)


def go_on_with_ctrl_c(running: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a frozen process that finds Ctrl-C when it goes on."""
    # To the main thread, as Linux does it while a process runs: one that is stopped gets it in any of its threads, and
    # then Python does not hear of it while the main thread sleeps in a system call.
    assert ctypes.CDLL(None).tgkill(running.pid, running.pid, signal.SIGINT) == 0
    running.send_signal(signal.SIGCONT)
    out, err = running.communicate(timeout=60)
    return running.returncode, out, err


def interrupted(project: Project, running: subprocess.Popen[str]) -> None:
    """A frozen process that has written nothing ends with Ctrl-C, and as if it had never been."""
    folder = project.root / "supabase" / "migrations"
    assert list(folder.iterdir()) == []
    code, out, err = go_on_with_ctrl_c(running)
    assert (code, out) == (130, ""), err
    assert "Traceback" not in err
    assert "interrupted: no migration was written" in err
    assert list(folder.iterdir()) == []
    gone(project, running.pid)


def gone(project: Project, pid: int) -> None:
    """The server drops what a process had in the background: no command waits for it."""
    with postgres.shadow(project.settings).admin() as connection:
        until(lambda: not left(connection, pid), what="the end of its databases")


def left(connection: psycopg.Connection[Any], pid: int) -> list[str]:
    """The scratch databases of a process."""
    found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"scratch_{pid}_"])
    return [str(name) for (name,) in found]
