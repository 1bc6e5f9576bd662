"""Scripts that ask the memo, each in a process of its own, forked from a Python that has imported a copy of the package."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from support import warm
from support.waiting import until_older

from supabase_tasks import installed
from supabase_tasks.memo import fingerprints
from supabase_tasks.process import run


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package: the original may be edited while its tests run."""
    folder = tmp_path_factory.mktemp("plugin")
    shutil.copytree(installed.PACKAGE, folder / "supabase_tasks", ignore=shutil.ignore_patterns("__pycache__"))
    run([sys.executable, "-m", "compileall", "-q", str(folder)])
    return folder


@pytest.fixture(scope="session")
def parent(plugin: Path) -> warm.Parent:
    """A Python that has imported that copy."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "WAY")}
    return warm.Parent({**environment, "PYTHONPATH": str(plugin)}, path=True)


def run_script(
    parent: warm.Parent | None, command: Sequence[str], folder: Path, environment: Mapping[str, str | None]
) -> str:
    """What `python …` says in `folder` with this change of the environment; a fresh Python where there is no parent for it."""
    # No fixed sleep: a file younger than two seconds is simply read again.
    given = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    if parent is None or not parent.suits(given):
        return run([sys.executable, *command], cwd=folder, env=environment).stdout.strip()
    # A fresh interpreter takes as long to start: what changes while a check runs is not remembered.
    until_older(*filter(Path.exists, folder.parent.rglob("*")), nanoseconds=2 * fingerprints.TICK_NS)
    done = warm.run([sys.executable, *command], cwd=folder, env=given, parent=parent)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
