"""The inner loop needs no server, and is worth running."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.inner_loop import FIXTURES, needs_server

TESTS = Path(__file__).parents[1]
UNMARKED = """
import subprocess
import psycopg
from supabase_tasks import process

def test_through_process():
    process.run(["pg_dump", "--version"], check=False)

def test_hidden():
    try:
        subprocess.run(["npx", "--version"])
    except BaseException:
        pass

def test_a_connection():
    psycopg.connect("host=127.0.0.1 port=1")

def test_a_whole_task():
    import sys
    subprocess.run([sys.executable, "-m", "invoke", "--list"])

def test_another_program():
    assert process.run(["echo", "postgres"]).stdout == "postgres\\n"
"""


def pytest_run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


# Test runs of their own would be a good part of the inner loop.
@pytest.mark.server
def test_it_has_four_hundred_tests() -> None:
    done = pytest_run("--collect-only", "-qq", "-m", "not server", folder=TESTS.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = [int(line.rpartition(": ")[2]) for line in done.stdout.splitlines() if line.startswith("tests/")]
    assert sum(counts) >= 400


@pytest.mark.server
def test_what_starts_a_server_without_the_marker_fails_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text())
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {TESTS}\nmarkers = server\n")
    (tmp_path / "test_unmarked.py").write_text(UNMARKED)
    done = pytest_run("-q", folder=tmp_path)
    assert "4 failed, 1 passed" in done.stdout, done.stdout
    for what in ("pg_dump --version", "npx --version", "psycopg.connect", "-m invoke"):
        assert f"{what}: mark it with @pytest.mark.server" in done.stdout
    (tmp_path / "test_unmarked.py").write_text(
        UNMARKED.replace("def test", "import pytest\n\n@pytest.mark.server\ndef test")
    )
    assert "NeedsServerError" not in pytest_run("-q", folder=tmp_path).stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["/usr/lib/postgresql/17/bin/initdb", "-D", "x"], True),
        (["pg_ctl", "start"], True),
        (["/cache/supabase", "db", "push"], True),
        (["node_modules/.bin/nx", "show"], True),
        (["python3", "-m", "pre_commit", "run"], True),
        (["python3", "-c", "from supabase_tasks.tasks.program import main; main()"], True),
        (["python3", "-c", "print('postgres')"], False),
        (["git", "commit", "-m", "nx"], False),
        ([], False),
    ],
)
def test_which_commands_need_one(words: list[str], expected: bool) -> None:
    assert needs_server(words) is expected


def test_every_fixture_that_marks_is_there() -> None:
    text = "".join(path.read_text() for path in TESTS.rglob("*.py"))
    assert [name for name in FIXTURES if f"def {name}(" not in text] == []
