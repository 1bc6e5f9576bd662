"""schema-generate, schema-check and schema-diff as a person or a program runs them: whole processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks import postgres

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
    return subprocess.run(
        [*INV, *arguments], cwd=project.root, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


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
    assert before.stderr.startswith("error: the models have changes that no migration has")
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


@pytest.mark.parametrize("after", [0.3, 0.9, 1.6])
def test_ctrl_c_leaves_no_half_file_and_no_scratch_database(project: Project, after: float) -> None:
    running = subprocess.Popen(
        [*INV, "schema-generate"], cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(after)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=30)
    if running.returncode == 0:
        pytest.skip("the run was over before Ctrl-C came")
    ours = "supabase_tasks/tasks/" in stderr or "error:" in stderr
    if running.returncode != 130 and not ours:
        pytest.skip("Ctrl-C came while Python and Invoke were starting, before our task began")
    assert "Traceback" not in stderr
    assert running.returncode == 130
    # Ctrl-C in the last moment finds the migration written: whole, and nothing beside it.
    assert list((project.root / "supabase" / "migrations").iterdir()) == project.migrations
    assert all(path.read_text().count("ENABLE ROW LEVEL SECURITY") == 2 for path in project.migrations)
    # The server drops them on its own time: nobody waits for the end of it.
    until = time.monotonic() + 15
    while left(project, running.pid) and time.monotonic() < until:
        time.sleep(0.2)
    assert left(project, running.pid) == []
    assert not Path(f"/proc/{running.pid}").exists()


def left(project: Project, pid: int) -> list[str]:
    """The scratch databases of a process."""
    with postgres.shadow(project.settings).admin() as connection:
        names = [str(row[0]) for row in connection.execute("select datname from pg_database")]
    return [name for name in names if name.startswith((f"scratch_{pid}_", f"desired_{pid}_"))]
