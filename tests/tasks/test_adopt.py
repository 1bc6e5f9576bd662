from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm
from support.terminal import ENTER, Terminal

pytestmark = pytest.mark.server

MODEL = "from sqlmodel import Field, SQLModel\nclass A(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", *arguments]
    return warm.run(command, cwd=folder)


def project(tmp_path: Path) -> Path:
    (tmp_path / "models.py").write_text(MODEL)
    return tmp_path


def test_init_without_a_terminal_shows_the_diff_and_refuses(tmp_path: Path) -> None:
    done = run(project(tmp_path), "init")
    assert done.returncode == 1
    assert "+++ b/pyproject.toml" in done.stdout
    assert "next: supabase-tasks init --yes" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["models.py"]


def test_an_answer_of_no_is_told_as_nothing_written(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", "init"]
    shown = Terminal(command, project(tmp_path))
    shown.see("[y/N]")
    shown.type("n")
    shown.type(ENTER)
    assert shown.end() == 0
    assert "nothing was written" in shown.screen and "inv schema-generate" not in shown.screen.split("[y/N]")[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["models.py"]


def test_init_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = run(project(tmp_path), "init", "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["written"], report["models"]) == (0, False, "models")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["models.py"]


def test_init_yes_writes_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    assert run(project(tmp_path).parent, "-C", tmp_path.name, "init", "--yes").returncode == 0
    assert (tmp_path / "tasks.py").read_text() == "from supabase_tasks import collection\n\nns = collection()\n"
    report = json.loads(run(tmp_path, "init", "--yes", "--json").stdout)
    assert (report["written"], report["changes"]) == (False, [])
