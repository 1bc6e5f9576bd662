import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")


class Repository:
    """A real repository with a Supabase project, whose pre-commit configuration uses our manifest's entries."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root, self.home = root, home
        self.migrations = root / "supabase" / "migrations"

    def git(self, *arguments: str) -> str:
        done = subprocess.run([*GIT, *arguments], cwd=self.root, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def commit(self) -> subprocess.CompletedProcess[str]:
        """`git commit` with the installed hook, as people do it."""
        self.git("add", "-A")
        command = [*GIT, "commit", "-m", "change"]
        return subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True)

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", *arguments]
        return subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True)

    @property
    def environment(self) -> dict[str, str]:
        hidden = ("CI", "GITHUB_", "GIT_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        scripts = str(Path(sys.executable).parent)
        return {**kept, "PRE_COMMIT_HOME": str(self.home), "PATH": scripts + os.pathsep + kept["PATH"]}


@pytest.fixture
def repository(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    root = tmp_path / "repository"
    made = Repository(root, tmp_path / "pre-commit")
    made.write("pyproject.toml", '[tool.supabase-tasks]\nproject = "test"\n')
    made.write("supabase/migrations/0000_first.sql", "set lock_timeout = '5s';\nselect 0;\n")
    made.git("init", "-q", "-b", "main")
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "start")
    made.git("switch", "-q", "-c", "feature")
    return made


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A repository that offers our hooks as they are, but in the running environment: no installation over the net."""
    offered = tmp_path / "offered"
    offered.mkdir()
    text = (PACKAGE / ".pre-commit-hooks.yaml").read_text().replace("language: python", "language: system")
    (offered / ".pre-commit-hooks.yaml").write_text(text)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "hooks"]):
        subprocess.run([*GIT, *command], cwd=offered, check=True)
    assert shutil.which("supabase-tasks-hook", path=str(Path(sys.executable).parent)), "install the package first"
    return offered
