"""What `.ci/run` runs twice is named at its end: its functions, on a project of one stable, one flaky and one broken test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CI = Path(__file__).parents[2] / ".ci"
pytestmark = pytest.mark.server  # Whole test runs.
TESTS = """
import pathlib
import pytest

def test_stable():
    pass

@pytest.mark.parametrize("share", ["5%"])
def test_flaky(share):
    marker = pathlib.Path("ran-before")
    first = not marker.exists()
    marker.touch()
    assert not first
"""
STOPPED = """
import pathlib

def test_stopped():
    marker = pathlib.Path("ran-before")
    if not marker.exists():
        marker.touch()
        raise KeyboardInterrupt
"""
BROKEN = "\ndef test_broken():\n    raise AssertionError\n"


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script, with the functions there, as `.ci/run` runs them."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    hidden = ("GITHUB_ACTIONS", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [
            "bash",
            "-euo",
            "pipefail",
            "-c",
            f"source {CI}/parts.sh\nsource {CI}/retry.sh\nstatus=0\n{script}\nprint_rescued\nexit $status",
        ],
        cwd=folder,
        env={**inherited, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def warnings(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stdout.splitlines() if line.startswith(("warning: ", "::warning::"))]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(TESTS)
    return tmp_path


def test_a_flaky_test_is_named_and_fails_nothing(project: Path) -> None:
    done = run(project, "run_tests || status=1")
    assert done.returncode == 0, done.stdout
    assert warnings(done) == ["warning: failed at first and passed the second time: test_it.py::test_flaky[5%]"]
    assert done.stdout.splitlines()[-1] == warnings(done)[0]


def test_a_run_that_was_stopped_is_a_failure_though_what_it_left_out_would_pass(project: Path) -> None:
    (project / "test_it.py").write_text(STOPPED)
    done = run(project, "run_tests || status=1")
    assert done.returncode == 1, done.stdout


def test_on_github_it_is_an_annotation(project: Path) -> None:
    done = run(project, "run_tests || status=1", GITHUB_ACTIONS="true")
    assert warnings(done) == ["::warning::failed at first and passed the second time: test_it.py::test_flaky[5%25]"]


def test_what_fails_twice_is_a_failure_and_no_warning(project: Path) -> None:
    (project / "test_it.py").write_text(TESTS + BROKEN)
    done = run(project, "run_tests || status=1")
    assert done.returncode == 1
    assert [line.rpartition("::")[2] for line in warnings(done)] == ["test_flaky[5%]"]


def test_another_command_gets_a_second_try_too(tmp_path: Path) -> None:
    done = run(tmp_path, "run_twice mkdir -p a/b || status=1; run_twice bash -c 'test -e x || ! touch x' || status=1")
    assert (done.returncode, len(warnings(done))) == (0, 1)
    assert "bash -c" in warnings(done)[0]
    assert run(tmp_path, "run_twice false || status=1").returncode == 1


def test_each_part_is_named_with_its_time(tmp_path: Path) -> None:
    done = run(tmp_path, "say first; aside other echo said; say second; join_aside other; print_parts")
    assert done.returncode == 0, done.stderr
    assert "said" in done.stdout.splitlines()
    table = done.stdout.partition("== how long each part took\n")[2].splitlines()
    assert [re.sub("^ *[0-9]+ s  ", "", line) for line in table if line] == [
        "first",
        "other, beside the others",
        "second",
        "all",
    ]


def test_a_failure_next_to_the_others_fails_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, "aside other bash -c 'echo why; exit 3'; join_aside other || status=$?")
    assert (done.returncode, done.stdout.split()) == (3, ["why"])
