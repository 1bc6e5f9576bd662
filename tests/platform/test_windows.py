"""What works on Windows itself (everything that needs no server), and what says that it needs WSL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.workspace import REPOSITORY

from supabase_tasks import state_dir

WITHOUT = REPOSITORY / "tests" / "support" / "windows.py"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone of this repository, without the package: the one that is tested is meant."""
    folder = tmp_path_factory.mktemp("windows") / "clone"
    subprocess.run(["git", "clone", "-q", str(REPOSITORY), str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "rm", "-rq", "--cached", "supabase_tasks"], check=True)
    (folder / "supabase_tasks").rename(folder.parent / "package")
    return folder


def run(clone: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        state_dir.ROOT_VARIABLE: str(clone.parent / "state"),
        "SUPABASE_TASKS_LOCAL": "embedded",
    }
    return subprocess.run(
        [sys.executable, str(WITHOUT), *command],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.server
@pytest.mark.parametrize(
    "command",
    [
        ("inv", "--list"),
        ("inv", "migrations-check"),
        ("inv", "migrations-lint"),
        ("inv", "migrations-renumber"),
        ("inv", "nx-sync", "--check"),
        ("inv", "supabase-status"),
        ("supabase-tasks", "init", "--dry-run"),
        ("supabase-tasks-hook", "migrations-check"),
        ("supabase-tasks-hook", "nx-shim-check"),
        ("supabase-tasks-hook", "no-direct-ddl", "tasks.py"),
    ],
    ids=" ".join,
)
def test_what_needs_no_server_works(clone: Path, command: tuple[str, ...]) -> None:
    done = run(clone, *command)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.server
def test_the_hook_lints_the_files_it_is_given(clone: Path) -> None:
    file = sorted((clone / "supabase" / "migrations").glob("*.sql"))[0]
    done = run(clone, "supabase-tasks-hook", "migrations-lint", str(file.relative_to(clone)))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.server
@pytest.mark.parametrize("task", ["schema-check", "schema-generate", "supabase-start", "supabase-db-reset"])
def test_what_needs_a_server_says_so_in_one_line(clone: Path, task: str) -> None:
    done = run(clone, "inv", task)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "needs Linux, macOS or Windows' own Linux (WSL)" in done.stderr
    assert "next: wsl --install" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.server
def test_the_doctor_looks_on(clone: Path) -> None:
    done = run(clone, "inv", "doctor")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "git hooks" in done.stdout
