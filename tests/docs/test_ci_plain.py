"""The recipe "Any CI" of docs/ci.md, run as written: a fresh clone, a machine with Python, Node and the network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
MODELS = """\
from sqlmodel import Field, SQLModel

from supabase_tasks.schema import Grant, Policy, authenticated


class Scene(SQLModel, table=True):
    __tablename__ = "scenes"
    __table_args__ = (
        Grant("select", authenticated),
        Policy("Everyone signed in reads", "select", authenticated, using="true"),
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str
"""
CONFIG = 'project_id = "sample"\n[db]\nport = {port}\n[db.seed]\nenabled = false\n'


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.server
def test_the_plain_recipe_runs_as_written(tmp_path: Path) -> None:
    hidden = ("CI_", "GITHUB_", "GIT_", "VIRTUAL_ENV", "PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    environment |= {"SUPABASE_TASKS_CACHE": str(tmp_path / "cache"), "CI": "true", "SUPABASE_TASKS_LOCAL": "embedded"}
    # The package comes from this work tree, everything else from the index: as if this version were published.
    wheels = tmp_path / "wheels"
    run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(wheels), str(PACKAGE)],
        tmp_path,
        environment,
    )
    environment["PIP_FIND_LINKS"] = str(wheels)
    clone = _published(tmp_path, environment)
    (recipe,) = re.findall(r"## Any CI\n.*?```bash\n(.*?)```", (PACKAGE / "docs/ci.md").read_text(), re.DOTALL)
    try:
        output = run(["bash", "-euo", "pipefail", "-c", recipe], clone, environment)
    finally:
        subprocess.run([str(clone / ".venv/bin/inv"), "supabase-stop"], cwd=clone, env=environment, capture_output=True)
    assert "compared with origin/main" in output
    assert "0 errors" in output
    assert "agree" in output
    assert "reset" in output


def _published(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A clone of a repository with one model and the migration made from it."""
    origin = tmp_path / "origin"
    (origin / "supabase").mkdir(parents=True)
    (origin / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "sample"\nmodels = "models"\n')
    (origin / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    (origin / "models.py").write_text(MODELS)
    (origin / ".gitignore").write_text(".venv/\n__pycache__/\n")
    (origin / "supabase" / "config.toml").write_text(CONFIG.format(port=54389))
    inv = [sys.executable, "-m", "invoke"]
    run([*inv, "schema-generate"], origin, environment)
    run([*inv, "supabase-stop"], origin, environment)
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "start"]):
        run([*git, *command], origin, environment)
    run([*git, "clone", "-q", str(origin), str(tmp_path / "clone")], tmp_path, environment)
    return tmp_path / "clone"
