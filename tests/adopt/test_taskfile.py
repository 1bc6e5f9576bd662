from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supabase_tasks.adopt import taskfile
from supabase_tasks.adopt.changes import Advice, Change

OWN = "from invoke import task\n\n\n@task\ndef greet(c):\n    print('hello')\n"
WITH_NAMESPACE = f"from invoke import Collection\n{OWN}\n\nns = Collection(greet)\n"


@pytest.mark.server
@pytest.mark.parametrize("existing", [None, OWN, WITH_NAMESPACE], ids=["none", "plain", "with ns"])
def test_the_tasks_are_added_to_those_there(existing: str | None, tmp_path: Path) -> None:
    path = tmp_path / "tasks.py"
    if existing:
        path.write_text(existing)
    change = taskfile.change(tmp_path)
    assert isinstance(change, Change)
    assert change.after.startswith((existing or "").rstrip("\n"))
    path.write_text(change.after)
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "--list"], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert " init " in done.stdout
    assert ("greet" in done.stdout) is bool(existing)
    assert taskfile.change(tmp_path) is None


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("def (:\n")
    advice = taskfile.change(tmp_path)
    assert isinstance(advice, Advice) and "add_task" in advice.text


def test_a_package_of_tasks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "__init__.py").write_text(OWN)
    advice = taskfile.change(tmp_path)
    assert isinstance(advice, Advice) and "Collection.from_module" in advice.text
