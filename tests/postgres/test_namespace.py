"""A user namespace that has root alone: PostgreSQL can run as nobody there."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from support import project as projects
from support import strangers
from support.failures import BIN

from supabase_tasks.postgres import account

pytestmark = pytest.mark.server
ROOT_ALONE = ["unshare", "--user", "--map-root-user"]


def ran(command: list[str], folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SUPABASE_TASKS_CACHE": str(cache), "PATH": f"{BIN}:{os.environ['PATH']}"}
    return subprocess.run(
        [*ROOT_ALONE, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_what_is_wrong_is_said_and_the_next_step_helps(tmp_path: Path) -> None:
    if subprocess.run([*ROOT_ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no user namespace can be made here")
    project = projects.make(tmp_path / "shop")
    command = ["inv", "schema-check"]
    failed = ran(command, project.root, tmp_path / "cache")
    assert failed.returncode == 1
    assert "error: PostgreSQL does not run as root, and this user namespace has no other user" in failed.stderr
    (step,) = [line.removeprefix("next: ") for line in failed.stderr.split("\n") if line.startswith("next: ")]
    helped = ran(shlex.split(step), project.root, tmp_path / "cache")
    assert "no migration covers it yet" in helped.stderr, helped.stderr
    stop = [*shlex.split(step)[:-1], "supabase-stop", "--all"]
    assert ran(stop, project.root, tmp_path / "cache").returncode == 0


@pytest.mark.parametrize(
    ("table", "number", "there"),
    [
        ("0 0 4294967295\n", 70, True),
        ("0 1000 1\n", 70, False),
        ("0 1000 1\n1 100000 65536\n", 70, True),
        ("0 1000 1\n1 100000 60\n", 70, False),
    ],
)
def test_a_number_is_looked_for_in_every_line(tmp_path: Path, table: str, number: int, there: bool) -> None:
    (tmp_path / "map").write_text(table)
    assert account._maps(tmp_path / "map", number) is there


def test_where_no_namespaces_are_every_user_is_there(tmp_path: Path) -> None:
    assert account._maps(tmp_path / "none", 70)


@strangers.needs_root
def test_a_user_without_a_name_is_told_before_initdb_is() -> None:
    # As `docker run --user 54321` has one.
    with pytest.raises(AssertionError, match="no user of that number"):
        strangers.as_user(54321, account.require_name)
    strangers.as_user(65534, account.require_name)
