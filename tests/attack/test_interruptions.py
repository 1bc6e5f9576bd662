"""Killed at any moment, or run many times at once: no half file, no lock that stays, no process left over."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project
from support.waiting import until

from supabase_tasks import postgres, state_dir

pytestmark = pytest.mark.server
GENERATE = ("schema-generate", "--name", "all")
KILLS, TOGETHER = 6, 4


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose databases are made: what is interrupted is the command, not the installation."""
    made = projects.make(tmp_path_factory.mktemp("interrupted"))
    assert run(made, "schema-generate", "--dry-run")[0] == 0
    yield made
    postgres.stop(made.settings)


def start(project: Project, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "invoke", *arguments],
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(project: Project, *arguments: str) -> tuple[int, str]:
    process = start(project, *arguments)
    text, _ = process.communicate(timeout=120)
    return process.returncode, text


def files(project: Project) -> dict[str, str]:
    """Everything in the project's folder but what Python keeps for itself."""
    paths = [path for path in project.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {str(path.relative_to(project.root)): path.read_text() for path in paths}


def session_of(leader: int) -> list[int]:
    """The processes of a session, by `/proc/<pid>/stat` (its sixth field), zombies left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_killed_at_any_moment_it_leaves_nothing_half_done(project: Project) -> None:
    begun = time.monotonic()
    before = files(project)
    assert run(project, *GENERATE)[0] == 0
    seconds = time.monotonic() - begun
    (made,) = project.migrations
    whole = {**files(project)}
    chance = random.Random(20261126)
    for _ in range(KILLS):
        for path in project.migrations:
            path.unlink()
        process = start(project, *GENERATE)
        time.sleep(chance.uniform(0.0, seconds))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        assert files(project) in (before, whole)
        until(lambda leader=process.pid: session_of(leader) == [], seconds=30)  # type: ignore[misc]
    for path in project.migrations:
        path.unlink()
    assert run(project, *GENERATE)[0] == 0
    assert files(project) == whole
    made.unlink()


def test_at_once_they_write_one_migration(project: Project) -> None:
    running = [start(project, *GENERATE) for _ in range(TOGETHER)]
    ended = [(process.communicate(timeout=180)[0], process.returncode) for process in running]
    assert any(code == 0 for _, code in ended), ended
    assert all("Traceback" not in text and code in (0, 1) for text, code in ended), ended
    assert len(project.migrations) == 1
    code, text = run(project, "schema-check")
    assert code == 0, text
    leftovers = list(state_dir.project_folder(project.settings).rglob("*.tmp"))
    assert leftovers == []
    assert [pid for process in running for pid in session_of(process.pid)] == []
